import { type Attempt, type ChatClient } from '@elite-chat/chat-client';

import { checkDerived } from './check-derived';
import { checkLog } from './check-log';
import { checkViews } from './check-views';
import { readStoredData, type StoredData } from './stored-data';

/** What came of a row: counts, and in words what was wrong. */
export interface Verdict {
  attempted: number;
  acked: number;
  lost: number;
  dup: number;
  gaps: number;
  order: number;
  divergence: number;
  /** Everything that makes the row fail. */
  failures: string[];
}

/** What is compared with the database. */
export interface Evidence {
  uri: string;
  clients: readonly ChatClient[];
  /** Beside those of the clients. */
  attempts?: readonly Attempt[];
  /** False where the row has nobody who keeps what is derived up to date. */
  isDerivedChecked?: boolean;
}

/** Reads the database and judges everything that clients wrote, were told and show. */
export async function judge(evidence: Evidence): Promise<Verdict> {
  return judgeData(evidence, await readStoredData(evidence.uri));
}

function judgeData({ clients, attempts = [], isDerivedChecked = true }: Evidence, data: StoredData): Verdict {
  const all = [...clients.flatMap((client) => client.attempts), ...attempts];
  const log = checkLog(all, data);
  const divergence = [...checkViews(clients, data), ...(isDerivedChecked ? checkDerived(data) : [])];
  const failures = Object.entries({ ...log, divergence }).flatMap(([kind, found]: [string, string[]]) =>
    found.map((fault) => `${kind}: ${fault}`),
  );
  for (const { refusal, message } of all)
    if (refusal) failures.push(`refused: ${message}: ${refusal.code} ${refusal.message}`);
  return {
    attempted: all.length,
    acked: all.filter(({ acks }) => acks.length > 0).length,
    lost: log.lost.length,
    dup: log.dup.length,
    gaps: log.gaps.length,
    order: log.order.length,
    divergence: divergence.length + log.invented.length,
    failures,
  };
}
