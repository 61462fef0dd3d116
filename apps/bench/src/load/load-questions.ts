import { type CutsPlan } from './cuts/through-cuts';
import { type Person } from './person';

/** What the load generator is asked to do. */
export type LoadQuestion =
  /** Opens sockets of each person; where `joins`, all of them enter the room of the person's chat. */
  | { kind: 'connect'; url: string; people: Person[]; socketsEach: number; joins: boolean }
  /** Ends every connection. */
  | { kind: 'terminate' }
  /** Keeps so many messages of each chat under way for so long, or until so many were sent in all. */
  | { kind: 'closedLoop'; inFlight: number; milliseconds?: number; messages?: number }
  /** Sends at random moments (Poisson), so many a second on average, whether or not answers come. */
  | { kind: 'openLoop'; perSecond: number; milliseconds: number }
  /** Marks a chat as read up to an entry, by its first socket. */
  | { kind: 'markRead'; chatId: string; seq: number }
  /** Sends to listeners of its own whose lines are cut again and again. */
  | ({ kind: 'cuts' } & CutsPlan);

/** What a loop came to; every message was acked, and delivered to everybody in its room. */
export interface LoadResult {
  messages: number;
  /** From the first message sent to the last one acked. */
  milliseconds: number;
  /** Of an open loop: from the moment at which each message was due until its ack, in milliseconds. */
  latencies: number[];
}
