import { apiPaths, type ChatListDto } from '@elite-chat/contracts';

import { get, type ServedData, withDataSets } from '../data/with-data-sets';
import { median, spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Figure, type Row } from './row';
import { of } from './staged-arm';

/** Calls of one round; its time is their median. */
const CALLS = 40;

/** Pages that are turned to come to the deep one. */
const DEEP_PAGES = 15;

const GOALS = { unit: '', toReach: 1.5, better: 1.2 };

/** Whether a page of a very long thread takes as long as one of a short thread. */
export const history: Row = {
  id: 'history',
  run: (context) =>
    withDataSets(context, async (small, large) => {
      const newest = ({ data }: ServedData) => apiPaths.adminMessages(data.longChatId);
      const oldest = ({ data }: ServedData) => `${apiPaths.adminMessages(data.longChatId)}?before=51`;
      const sizes = `${large.data.messages} / ${small.data.messages} messages`;
      const compare = (path: (one: ServedData) => string) => growth(small, large, path, context.isQuick);
      return [
        { title: `newest page of a chat of ${sizes}, p50`, value: await compare(newest), ...GOALS },
        { title: `oldest page of a chat of ${sizes}, p50`, value: await compare(oldest), ...GOALS },
      ];
    }),
};

/** Whether a page of a very long inbox takes as long as one of a short inbox. */
export const inbox: Row = {
  id: 'inbox',
  run: (context) =>
    withDataSets(context, async (small, large) => {
      const cursors = new Map([
        [small, await deepCursor(small)],
        [large, await deepCursor(large)],
      ]);
      const first = () => apiPaths.adminChats;
      const deep = (one: ServedData) =>
        `${apiPaths.adminChats}?cursor=${encodeURIComponent(of(cursors, one))}`;
      const sizes = `${large.data.chats} / ${small.data.chats} chats`;
      const compare = (path: (one: ServedData) => string) => growth(small, large, path, context.isQuick);
      return [
        { title: `first page of an inbox of ${sizes}, p50`, value: await compare(first), ...GOALS },
        { title: `deep page of an inbox of ${sizes}, p50`, value: await compare(deep), ...GOALS },
      ];
    }),
};

async function growth(
  small: ServedData,
  large: ServedData,
  path: (one: ServedData) => string,
  isQuick: boolean,
): Promise<Figure['value']> {
  const times = await interleave([small, large], isQuick ? 3 : 8, async (one) => {
    const calls: number[] = [];
    for (let call = 0; call < CALLS; call++) {
      const from = performance.now();
      await get(one, path(one));
      calls.push(performance.now() - from);
    }
    return median(calls);
  });
  return spread(ratios(of(times, large), of(times, small), (milliseconds) => milliseconds));
}

async function deepCursor(one: ServedData): Promise<string> {
  let cursor = '';
  for (let page = 0; page < DEEP_PAGES; page++) {
    const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const { nextCursor } = await get<ChatListDto>(one, `${apiPaths.adminChats}${query}`);
    if (nextCursor === null) throw new Error('The inbox has too few pages.');
    cursor = nextCursor;
  }
  return cursor;
}
