import { ApiProcess } from '@elite-chat/api-process';
import { People } from './people';

/** A running product and the people who use it. */
export interface Stage {
  api: ApiProcess;
  people: People;
}

/**
 * Starts the product for a file of tests and takes it away at the end. The object is filled before
 * the first test runs.
 */
export function useStage(settings: Record<string, string> = { HOST_ADMINS: 'true' }): Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    const api = await ApiProcess.start(settings);
    stage = { api, people: new People(api) };
  });
  afterAll(async () => {
    stage?.people.leave();
    await stage?.api.dispose();
  });
  const running = (): Stage => {
    if (!stage) throw new Error('The product is started before the first test, not earlier.');
    return stage;
  };
  return {
    get api() {
      return running().api;
    },
    get people() {
      return running().people;
    },
  };
}
