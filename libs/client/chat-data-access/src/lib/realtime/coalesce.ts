/**
 * Runs a task at most once at a time: a call during a run makes one more run follow. Each call resolves
 * when no run is left.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let isAskedAgain = false;
  let running: Promise<void> | null = null;

  const run = async () => {
    try {
      do {
        isAskedAgain = false;
        await task();
      } while (isAskedAgain);
    } finally {
      running = null;
    }
  };

  return () => {
    isAskedAgain = true;
    running ??= run();
    return running;
  };
}
