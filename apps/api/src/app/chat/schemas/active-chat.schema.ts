import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { SchemaTypes, type Types } from 'mongoose';

/**
 * Which chat of a customer is active: one document while there is one, made and removed in the
 * transaction that changes the chat's `isActive`. Its `_id` is the customer, so that two can't be.
 * (Not a unique partial index on chats: the embedded server does not free a unique key when an
 * update takes the document out of the index.)
 */
@Schema({ collection: 'active_chats', versionKey: false })
export class ActiveChat {
  /** The customer. */
  @Prop({ type: SchemaTypes.ObjectId, required: true })
  _id!: Types.ObjectId;

  @Prop({ type: SchemaTypes.ObjectId, ref: 'Chat', required: true })
  chat!: Types.ObjectId;
}

/** Mongoose schema of {@link ActiveChat}. */
export const ActiveChatSchema = SchemaFactory.createForClass(ActiveChat);
