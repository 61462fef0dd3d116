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
  /** What a reply is based on; once it was called stale, it is sent all the same. */
  basedOnSeq?: number;
}

/** A message that one node has taken into its queue. */
export interface Try {
  sending: Sending;
  node: FailingNode;
  /** As this try said it. */
  basedOnSeq: number | undefined;
  /** Whether it is the first try, and no other was made at the same time. */
  isOnlyOne: boolean;
  /** Null when the node has died or does not know whether it is stored; `stale` when another admin was faster. */
  answer: Promise<SentMessage | 'stale' | null>;
}

/** People who send to nodes that fail: whoever does not hear that a message is stored sends it again. */
export class RetryingSenders {
  /** All tries, in the order in which each node took those of one sender. */
  readonly tries: Try[] = [];

  /** Of each sender and place the newest try: a connection's sends are taken strictly one after another. */
  private readonly lines = new Map<string, Promise<unknown>>();

  /** Of each chat the newest message that anybody was acknowledged. */
  private readonly known = new Map<string, number>();

  constructor(private readonly nodes: FailingNodes) {}

  /** The number of the newest message of a chat that anybody was acknowledged. */
  knownSeq(chatId: string): number {
    return this.known.get(chatId) ?? 0;
  }

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
      const sent = await answer;
      if (sent && sent !== 'stale') {
        this.known.set(sending.chatId, Math.max(this.knownSeq(sending.chatId), sent.message.seq));
        return;
      }
      if (sent === 'stale') delete sending.basedOnSeq;
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
      const { basedOnSeq } = input;
      const accepting = node.chat.messagesService.accept(sender, chatId, input);
      // Of a node that has died nobody waits for what it says at last.
      accepting.then(({ stored }) => stored).catch(() => undefined);
      const accepted = await node.orDeath(accepting);
      const answer = accepted ? node.orDeath(accepted.stored).catch(asAnswer) : Promise.resolve(null);
      const placedTry = { sending, node, basedOnSeq, isOnlyOne, answer };
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

function asAnswer(error: unknown): 'stale' | null {
  return error instanceof ApiError && error.code === 'stale_reply' ? 'stale' : nullIfUnavailable(error);
}
