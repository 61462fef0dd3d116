/** How loading stands: `idle` before the first, `failed` with an error beside it. */
export type LoadStatus = 'idle' | 'loading' | 'ready' | 'failed';
