import type { DatabaseProduct, ServerProgram } from './server-program';

/** One way to get a server. */
export interface ServerSource {
  readonly product: DatabaseProduct;
  /** For the message that lists what was tried, e.g. `mongod on the PATH`. */
  readonly title: string;
  /** What is on this machine already; undefined when nothing is. Throws with the reason when what is there won't do. */
  find(): Promise<ServerProgram | undefined>;
  /** Fetches it, where it can be fetched. Throws with the reason when it can't be had. */
  fetch?(): Promise<ServerProgram>;
}
