/** What most tutorials write: find the chat, create the message, save the chat, emit. */
import { model, Schema, Types } from 'mongoose';

import { connectDatabase } from './database';
import { messageOf, SENDER, SENDER_NAME } from './message';
import { startRelay } from './relay';

const ChatModel = model(
  'Chat',
  new Schema(
    { lastMessage: String, lastMessageTime: Date, unreadCount: { type: Number, default: 0 } },
    { timestamps: true, optimisticConcurrency: false },
  ),
);

const MessageModel = model(
  'Message',
  new Schema(
    {
      chat: { type: Schema.Types.ObjectId, ref: 'Chat', required: true, index: true },
      sender: { type: Schema.Types.ObjectId, required: true },
      senderName: { type: String, required: true },
      senderRole: { type: String, enum: ['user', 'admin'], required: true },
      message: { type: String, required: true, maxlength: 5_000 },
      messageType: { type: String, enum: ['text', 'image'], default: 'text' },
      clientMessageId: String,
      isRead: { type: Boolean, default: false },
      readAt: { type: Date, default: null },
    },
    { timestamps: true },
  ),
);

void connectDatabase().then(() => {
  startRelay(
    async (input) => {
      const chat = await ChatModel.findById(input.chatId);
      if (!chat) throw new Error('There is no such chat.');
      const sent = messageOf(input);
      const { _id } = await MessageModel.create({
        chat: chat._id,
        sender: SENDER,
        senderName: SENDER_NAME,
        senderRole: 'user',
        message: sent.message,
        clientMessageId: sent.clientMessageId,
      });
      chat.lastMessage = sent.message;
      chat.lastMessageTime = new Date();
      chat.unreadCount++;
      await chat.save();
      return { ...sent, id: _id.toHexString() };
    },
    async (chatId) => {
      await ChatModel.updateOne({ _id: new Types.ObjectId(chatId) }, {}, { upsert: true });
    },
  );
});
