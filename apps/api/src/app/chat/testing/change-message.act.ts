import { randomUUID } from 'node:crypto';

import { Types } from 'mongoose';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type ActPlan, type LogAct } from '../log/log-act';

/** Somebody gives a message another text: a change of a message as the log knows it, for specs. */
export class ChangeMessageAct implements LogAct {
  readonly lane = 'thread';
  readonly sender: Types.ObjectId;
  readonly chatId: Types.ObjectId;
  private readonly target: Types.ObjectId;

  constructor(
    chatId: string,
    private readonly author: AuthenticatedUser,
    messageId: string,
    private readonly text: string,
    readonly clientMessageId = randomUUID(),
  ) {
    this.sender = new Types.ObjectId(author.id);
    this.chatId = new Types.ObjectId(chatId);
    this.target = new Types.ObjectId(messageId);
  }

  isSameAs(): boolean {
    return true;
  }

  repeats(other: LogAct): boolean {
    return other instanceof ChangeMessageAct && other.text === this.text;
  }

  plan(): ActPlan {
    return {
      entries: [
        {
          sender: this.sender,
          senderName: this.author.name,
          senderRole: this.author.role,
          message: 'A message was changed.',
          messageType: 'text',
          clientMessageId: this.clientMessageId,
          system: null,
          target: this.target,
        },
      ],
      messageChange: { target: this.target, set: { message: this.text } },
    };
  }
}
