import type { NewChatMessage } from '@elite-chat/contracts';
import { defer, filter, type MonoTypeOperatorFunction } from 'rxjs';

/** So many entries are remembered: those that were told of last. */
const ENTRIES_MAX = 2_000;

/** Lets each entry of a chat through once: the server may tell of it again, in doubt whether it has. */
export function firstTold(): MonoTypeOperatorFunction<NewChatMessage> {
  return (news$) =>
    defer(() => {
      const told = new Set<string>();
      return news$.pipe(
        filter(({ chat: { id, epoch }, message: { seq } }) => {
          // A restored backup gives numbers anew.
          const entry = `${id}@${epoch}#${seq}`;
          if (told.has(entry)) return false;
          told.add(entry);
          const [oldest] = told;
          if (told.size > ENTRIES_MAX && oldest !== undefined) told.delete(oldest);
          return true;
        }),
      );
    });
}
