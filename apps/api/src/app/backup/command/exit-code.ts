/** Ends of the commands, as a shell sees them. */
export const EXIT_CODE = { done: 0, failed: 1, wrongUsage: 2 } as const;
