import { TestBed } from '@angular/core/testing';

import { endClient, settle, startClient } from '../../../test/start-client';
import { IdleReporter } from './idle-reporter';

const FIVE_MINUTES = 5 * 60_000;

describe('IdleReporter', () => {
  afterEach(endClient);

  async function start() {
    const client = await startClient();
    const reporter = TestBed.inject(IdleReporter);
    reporter.start();
    const told = () =>
      client.server.received
        .filter(({ name }) => name === 'set_idle')
        .map(({ payload }) => payload['isIdle']);
    return { ...client, reporter, told };
  }

  it('says that the reader is away after five minutes without a sign, and back at the first one', async () => {
    const { told } = await start();
    await settle(FIVE_MINUTES - 1);
    expect(told()).toEqual([]);
    await settle(1);
    expect(told()).toEqual([true]);
    document.dispatchEvent(new Event('keydown'));
    await settle();
    expect(told()).toEqual([true, false]);
  });

  it('counts from the last sign, and says nothing twice', async () => {
    const { told } = await start();
    for (let minute = 0; minute < 10; minute++) {
      await settle(60_000);
      document.dispatchEvent(new Event('pointermove'));
    }
    expect(told()).toEqual([]);
    await settle(3 * FIVE_MINUTES);
    expect(told()).toEqual([true]);
  });

  it('says again at the next connection that the reader is away: each begins as that of somebody who is there', async () => {
    const { server, socket, told } = await start();
    await settle(FIVE_MINUTES);
    server.socket.close();
    socket.retryNow();
    await settle();
    expect(told()).toEqual([true, true]);
  });

  it('says nothing more once stopped', async () => {
    const { reporter, told } = await start();
    reporter.stop();
    await settle(2 * FIVE_MINUTES);
    document.dispatchEvent(new Event('keydown'));
    await settle();
    expect(told()).toEqual([]);
  });
});
