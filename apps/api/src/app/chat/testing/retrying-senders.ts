import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { ApiError } from '../../errors/api-error';
import { type SentMessage } from '../messages.service';
import { type FailingNode } from './failing-node';
import { type FailingNodes } from './failing-nodes';

/** More than there are faults to fail one act. */
export const TRIES_MAX = 100;

/** A message that is sent until it is acknowledged. */
export interface Sending {
  sender: AuthenticatedUser;
  chatId: string;
  message: string;
  clientMessageId: string;
}

/** A message that one node has taken into its queue. */
export interface Try {
  sending: Sending;
  node: FailingNode;
  /** Whether it is the first try, and no other was made at the same time. */
  isOnlyOne: boolean;
  /** Null when the node has died or does not know whether it is stored. */
  answer: Promise<SentMessage | null>;
}

/** People who send to nodes that fail: whoever does not hear that a message is stored sends it again. */
export class RetryingSenders {
  /** All tries, in the order in which each node took those of one sender. */
  readonly tries: Try[] = [];

  /** Of each sender and place the newest try: a connection's sends are taken strictly one after another. */
  private readonly lines = new Map<string, Promise<unknown>>();

  constructor(private readonly nodes: FailingNodes) {}

  /**
   * Sends a message until it is acknowledged.
   * @param at the place to begin with
   * @param turn how many places further each retry goes
   * @returns `placed` resolves when it stands in the queue of the first node, `answered` when it is acknowledged
   */
  send(sending: Sending, at: number, turn: number, isOnlyOne: boolean) {
    const placed = this.place(sending, at, isOnlyOne);
    return { placed, answered: this.persist(placed, at, turn) };
  }

  private async persist(placed: Promise<Try>, at: number, turn: number): Promise<void> {
    for (let tries = 1; tries <= TRIES_MAX; tries++) {
      const { sending, answer } = await placed;
      if (await answer) return;
      at = (at + turn) % this.nodes.count;
      placed = this.place(sending, at, false);
    }
    throw new Error('A message was never acknowledged.');
  }

  private place(sending: Sending, at: number, isOnlyOne: boolean): Promise<Try> {
    const line = `${at}:${sending.sender.id}`;
    const before = this.lines.get(line) ?? Promise.resolve();
    const placed = before.then(async () => {
      const node = await this.nodes.node(at);
      const { sender, chatId, ...input } = sending;
      const accepting = node.chat.messagesService.accept(sender, chatId, input);
      // Of a node that has died nobody waits for what it says at last.
      accepting.then(({ stored }) => stored).catch(() => undefined);
      const accepted = await node.orDeath(accepting);
      const answer = accepted
        ? node.orDeath(accepted.stored).catch(nullIfUnavailable)
        : Promise.resolve(null);
      const placedTry = { sending, node, isOnlyOne, answer };
      this.tries.push(placedTry);
      return placedTry;
    });
    this.lines.set(line, placed);
    return placed;
  }
}

/** For whoever asks again: the node does not know whether it is stored. */
export function nullIfUnavailable(error: unknown): null {
  if (error instanceof ApiError && error.code === 'unavailable') return null;
  throw error;
}
