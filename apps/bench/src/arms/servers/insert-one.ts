/** The least that stores: one journaled insert by the driver for each message. */
import { Types } from 'mongoose';

import { connectDatabase } from './database';
import { messageOf } from './message';
import { startRelay } from './relay';

void connectDatabase().then(({ connection }) => {
  const messages = connection.collection('messages');
  startRelay(async (input) => {
    const _id = new Types.ObjectId();
    const message = messageOf(input, _id.toHexString());
    const { id: _, ...stored } = message;
    await messages.insertOne({ _id, ...stored });
    return message;
  });
});
