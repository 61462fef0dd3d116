import { mongo } from 'mongoose';

/** Length, request id, response to, op code: the header of each message of MongoDB's wire protocol. */
const HEADER_BYTES = 16;
const OP_MSG = 2_013;

/** Cuts a stream of bytes into messages of MongoDB's wire protocol. */
export class MessageSplitter {
  private rest = Buffer.alloc(0);

  /** @returns the messages that are whole now */
  add(chunk: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const messages: Buffer[] = [];
    while (this.rest.length >= HEADER_BYTES && this.rest.length >= this.rest.readInt32LE(0)) {
      const length = this.rest.readInt32LE(0);
      messages.push(this.rest.subarray(0, length));
      this.rest = this.rest.subarray(length);
    }
    return messages;
  }
}

/** The number by which the answer to a request names it. */
export function requestIdOf(message: Buffer): number {
  return message.readInt32LE(4);
}

/** The request that an answer is to. */
export function answeredRequestOf(message: Buffer): number {
  return message.readInt32LE(8);
}

/** The name of the command that a message carries, e.g. `insert`; undefined where it carries none. */
export function commandOf(message: Buffer): string | undefined {
  const isCommand = message.readInt32LE(12) === OP_MSG && message[HEADER_BYTES + 4] === 0;
  if (!isCommand) return undefined;
  const start = HEADER_BYTES + 5;
  const size = message.readInt32LE(start);
  const [name] = Object.keys(mongo.BSON.deserialize(message.subarray(start, start + size)));
  return name;
}

/** An answer to a request, as the server would have written it. */
export function answerTo(request: Buffer, document: mongo.Document): Buffer {
  const body = mongo.BSON.serialize(document);
  const answer = Buffer.alloc(HEADER_BYTES + 5 + body.length);
  answer.writeInt32LE(answer.length, 0);
  answer.writeInt32LE(requestIdOf(request), 4);
  answer.writeInt32LE(requestIdOf(request), 8);
  answer.writeInt32LE(OP_MSG, 12);
  answer.set(body, HEADER_BYTES + 5);
  return answer;
}
