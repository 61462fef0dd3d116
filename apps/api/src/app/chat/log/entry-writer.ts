import { setTimeout as wait } from 'node:timers/promises';

import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, mongo } from 'mongoose';

import { DUPLICATE_KEY_CODE } from '../../database/is-duplicate-key';
import { withinDeadline } from '../../database/within-deadline';
import { Message } from '../schemas/message.schema';
import { LogReader } from './log-reader';

/** Pauses before the same entries are tried again after an unknown outcome, in milliseconds. */
const RETRY_PAUSES_MS = [50, 200, 1_000];

/**
 * How long one try may take, in milliseconds. All tries with their pauses end before 8 s, so that whoever
 * waits `ACK_TIMEOUT_MS` (10 s) for the answer hears it.
 */
const TRY_TIMEOUT_MS = 1_600;

/** What the server says of an entry that it did not get to: busy, stopping, out of time or space. The entry itself is fine. */
const PASSING_CODES: ReadonlySet<number> = new Set([
  50, 91, 112, 189, 262, 10_107, 11_600, 11_601, 11_602, 14_031,
]);

/** Why the first entry behind the stored ones was not written. */
export type WriteFailure =
  /** Its key or its number is taken; `stored` is the entry with its key, if there is one. */
  | { kind: 'duplicate'; stored: Message | null }
  /** The database refused this entry. */
  | { kind: 'refused'; error: unknown }
  /** Whether it and those behind it are stored can't be known now. */
  | { kind: 'unknown'; error: unknown };

/** How a write ended: a prefix of the entries is stored for sure. */
export interface WriteOutcome {
  stored: number;
  failure: WriteFailure | null;
}

/**
 * Writes numbered entries in one ordered insert, so that nobody ever sees n + 1 without n. Durable
 * (majority, journaled, set on the connection) before it returns.
 */
@Injectable()
export class EntryWriter {
  private readonly logger = new Logger(EntryWriter.name);

  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly reader: LogReader,
  ) {}

  /** Tries until it is known what is stored, or until trying more would take longer than anybody waits. */
  async write(entries: readonly Message[]): Promise<WriteOutcome> {
    let stored = 0;
    let end = entries.length;
    let refused: WriteFailure | null = null;
    let retries = 0;
    while (stored < end) {
      try {
        const insert = this.messages.collection.insertMany(entries.slice(stored, end), { ordered: true });
        await withinDeadline(insert, TRY_TIMEOUT_MS);
        stored = end;
      } catch (error) {
        const refusal = definiteRefusal(error);
        if (!refusal) {
          const pause = RETRY_PAUSES_MS[retries++];
          if (pause === undefined) return { stored, failure: { kind: 'unknown', error } };
          this.logger.warn(
            { err: error, retries },
            'Unknown outcome of a write; trying the same entries again.',
          );
          await wait(pause);
          continue;
        }
        // Some servers refuse a batch for one entry before they store what stands before it.
        end = stored + refusal.index;
        stored += refusal.inserted;
        const failing = entries[end];
        if (!failing) return { stored, failure: { kind: 'unknown', error } };
        if (refusal.code !== DUPLICATE_KEY_CODE) {
          refused = { kind: 'refused', error };
          continue;
        }
        const found = await this.lookUp(failing);
        // An earlier try of this very write had stored it: an answer was lost, nothing else.
        if (found.kind === 'duplicate' && found.stored?._id.equals(failing._id) && stored === end) {
          stored++;
          end = entries.length;
        } else {
          refused = found;
        }
      }
    }
    return { stored, failure: refused };
  }

  /** Who has the key of an entry that the database called a duplicate. */
  async lookUp(entry: Message): Promise<Extract<WriteFailure, { kind: 'duplicate' | 'unknown' }>> {
    try {
      const stored = await this.reader.byIdempotencyKey(entry.chat, entry.sender, entry.clientMessageId);
      return { kind: 'duplicate', stored };
    } catch (error) {
      return { kind: 'unknown', error };
    }
  }
}

/** What the database said of one entry for sure; null when it is unknown what was stored. */
function definiteRefusal(error: unknown): { index: number; inserted: number; code: number } | null {
  if (!(error instanceof mongo.MongoBulkWriteError)) return null;
  const writeErrors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const first = writeErrors[0];
  if (!first || PASSING_CODES.has(first.code)) return null;
  return { index: first.index, inserted: error.insertedCount, code: first.code };
}
