import { mongo } from 'mongoose';
import { Namespace, Socket } from 'socket.io';

import { FAIL_POINT_NAMES, type FailPointName } from './fail-point-names';

type Method = (this: object, ...args: unknown[]) => unknown;

/** @param setting `<name>:<n>`: the process ends when it passes this place for the n-th time */
export function installFailPoint(setting: string): void {
  const [name, count] = setting.split(':');
  let remaining = Number(count);
  const passing = (place: FailPointName): void => {
    if (place === name && --remaining === 0) process.kill(process.pid, 'SIGKILL');
  };
  if (!FAIL_POINT_NAMES.some((known) => known === name)) throw new Error(`There is no fail point ${name}.`);

  /** The transactions that write entries: others count only. */
  const writing = new WeakSet<object>();
  wrap(mongo.Collection.prototype, 'insertMany', async (insertMany, collection, args) => {
    if (nameOf(collection) !== 'messages') return insertMany.apply(collection, args);
    const session = sessionOf(args[1]);
    if (session) writing.add(session);
    passing('before-insert');
    const result = await insertMany.apply(collection, args);
    passing('after-insert');
    return result;
  });
  wrap(mongo.Collection.prototype, 'bulkWrite', async (bulkWrite, collection, args) => {
    if (nameOf(collection) === 'chats') passing('before-projection');
    return bulkWrite.apply(collection, args);
  });
  wrap(mongo.ClientSession.prototype, 'commitTransaction', async (commit, session, args) => {
    if (!writing.has(session)) return commit.apply(session, args);
    passing('before-commit-of-transaction');
    const result = await commit.apply(session, args);
    passing('after-commit-of-transaction');
    return result;
  });
  wrap(Namespace.prototype, 'to', (to, namespace, args) => {
    if (String(args[0]).startsWith('chat:')) passing('before-emit');
    return to.apply(namespace, args);
  });
  wrap(Socket.prototype, 'packet', (packet, socket, args) => {
    const isAck = JSON.stringify(args[0]).includes('"clientMessageId"') && isAckPacket(args[0]);
    if (isAck) passing('before-ack');
    const result = packet.apply(socket, args);
    if (isAck) setImmediate(() => passing('after-ack'));
    return result;
  });
}

function wrap(
  prototype: object,
  name: string,
  around: (original: Method, self: object, args: unknown[]) => unknown,
): void {
  const original: Method | undefined = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`There is no method ${name} to wrap.`);
  Reflect.set(prototype, name, function wrapped(this: object, ...args: unknown[]) {
    return around(original, this, args);
  });
}

function sessionOf(options: unknown): object | undefined {
  if (typeof options !== 'object' || options === null || !('session' in options)) return undefined;
  return options.session instanceof mongo.ClientSession ? options.session : undefined;
}

function nameOf(collection: object): unknown {
  return Reflect.get(collection, 'collectionName');
}

function isAckPacket(packet: unknown): boolean {
  return typeof packet === 'object' && packet !== null && 'type' in packet && packet.type === 3;
}
