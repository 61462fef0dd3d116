/** What a server process tells of itself. */
export interface Usage {
  /** User and system time since the process began, in microseconds. */
  cpu: number;
  /** Used heap, in bytes. */
  heap: number;
  /** Resident memory, in bytes. */
  rss: number;
  /** How often a `new_message` was encoded. */
  encodings: number;
  /** Documents that were written so far. */
  written: number;
  /** Documents that were written when the last acknowledgement was sent. */
  writtenAtAck: number;
}

/** `memory` collects garbage first, which takes a while. */
export type ProbeQuestion = 'usage' | 'memory';
