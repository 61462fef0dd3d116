import { type Connection, type Model, type Types } from 'mongoose';

import { CounterWriter } from '../../chat/overview/counter-writer';
import { DERIVED_FIELDS } from '../../chat/projection/head-update';
import { Chat, ChatSchema } from '../../chat/schemas/chat.schema';
import { Counter, CounterSchema } from '../../chat/schemas/counter.schema';
import { type Migration } from './migration';

/** Chats that are brought up together. */
const CHATS_AT_ONCE = 200;

/** Chats that are counted in one transaction; nobody else writes. */
const CHATS_PER_TRANSACTION = 50;

/** Chats know whose open ones they are, and the counters how many each admin has, and how many are nobody's. */
export const OPEN_CHATS_BY_ASSIGNEE: Migration = {
  version: 2,
  up: async (connection: Connection): Promise<void> => {
    const chats: Model<Chat> = connection.model(Chat.name, ChatSchema);
    const counters: Model<Counter> = connection.model(Counter.name, CounterSchema);
    const writer = new CounterWriter(connection, chats, counters);
    let ids: Types.ObjectId[] = [];
    const bringUp = async () => {
      if (ids.length === 0) return;
      await chats.collection.bulkWrite(
        ids.map((_id) => ({ updateOne: { filter: { _id }, update: [...DERIVED_FIELDS] } })),
        { ordered: false },
      );
      for (let start = 0; start < ids.length; start += CHATS_PER_TRANSACTION) {
        await writer.count(ids.slice(start, start + CHATS_PER_TRANSACTION));
      }
      ids = [];
    };
    for await (const { _id } of chats.find({}, { _id: 1 }).lean<Pick<Chat, '_id'>[]>().cursor()) {
      ids.push(_id);
      if (ids.length === CHATS_AT_ONCE) await bringUp();
    }
    await bringUp();
  },
};
