import type { Failure } from '@elite-chat/i18n';

/** Where the messages that are loaded end, at either side: whether there are more, and how getting them stands. */
export interface ThreadEdge {
  /** Whether there are more messages */
  readonly hasMore: boolean;
  /** Whether they are on their way */
  readonly isLoading: boolean;
  /** Why they could not be loaded: the reader is asked before the next try */
  readonly error: Failure | null;
}

/** Nothing comes beyond. */
export const WHOLE_EDGE: ThreadEdge = { hasMore: false, isLoading: false, error: null };

/** Whether more can be asked for without asking the reader. */
export function canAskForMore({ hasMore, isLoading, error }: ThreadEdge): boolean {
  return hasMore && !isLoading && !error;
}
