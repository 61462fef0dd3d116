import { setTimeout as pause } from 'node:timers/promises';

import { Types } from 'mongoose';

import { hostToken, startArm } from '../arms/start-arm';
import { dataSet, dataSizes, withDatabase } from '../data/data-set';
import { LoadProcess } from '../load/load-process';
import { median, spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Row } from './row';
import { of } from './staged-arm';

/** How long the stored state of that many messages may take to follow, in milliseconds. */
const FOLLOW_WAIT_MS = 120_000;

/** One act of reading. */
interface Pass {
  milliseconds: number;
  written: number;
}

/** Whether reading a hundred thousand messages takes as long as reading one. */
export const markRead: Row = {
  id: 'read',
  async run(context) {
    const { database, directory, isQuick, note } = context;
    const { databaseName, longChatId } = await dataSet(context, dataSizes(isQuick).large);
    const [one, many] = [1, isQuick ? 2_000 : 100_000];
    const chat = { _id: new Types.ObjectId(longChatId) };
    return withDatabase(context, databaseName, async (connection) => {
      const chats = connection.collection('chats');
      const unread = { seq: 0, written: { user: 0, admin: 0 }, moves: [], storedSeq: 0 };
      await chats.updateOne(chat, { $set: { 'readMarks.admin': unread } });

      const uri = new URL(database.uri);
      uri.searchParams.set('monitorCommands', 'true');
      const { server } = await startArm('ours', { databaseUri: uri.href, directory, databaseName });
      const load = new LoadProcess();
      try {
        await load.connect(server.url, [{ token: hostToken('admin'), chatId: longChatId }], 1);
        let seq = 0;
        const read = async (unreadMessages: number): Promise<Pass> => {
          seq += unreadMessages;
          const before = await server.usage();
          const from = performance.now();
          await load.markRead(longChatId, seq);
          const milliseconds = performance.now() - from;
          const after = await server.usage();
          note(`${unreadMessages}: ${milliseconds.toFixed(1)} ms`);
          await storedUpTo(seq);
          return { milliseconds, written: after.writtenAtAck - before.written };
        };
        const storedUpTo = async (target: number): Promise<void> => {
          const until = Date.now() + FOLLOW_WAIT_MS;
          while ((await chats.findOne(chat))?.['readMarks'].admin.storedSeq < target) {
            if (Date.now() > until) throw new Error('The stored messages did not follow the read mark.');
            await pause(50);
          }
        };
        await read(one);
        const results = await interleave([one, many], isQuick ? 3 : 7, read);
        const [ofOne, ofMany] = [of(results, one), of(results, many)];
        return [
          {
            title: `documents written before the answer, ${many} unread`,
            // What a timer writes in just that moment is not part of the answer.
            value: median(ofMany.map(({ written }) => written)),
            unit: '',
            toReach: 1,
            better: 1,
          },
          {
            title: `time to mark ${many} / 1 unread as read`,
            value: spread(ratios(ofMany, ofOne, ({ milliseconds }) => milliseconds)),
            unit: '',
            toReach: 1.3,
            better: 1.1,
          },
        ];
      } finally {
        load.stop();
        await server.stop();
      }
    });
  },
};
