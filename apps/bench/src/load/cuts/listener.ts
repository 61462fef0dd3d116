/** Somebody who listens to one chat over a line that is cut now and then. */
export interface Listener {
  /** Settles once it hears what is sent from now on. */
  join(): Promise<void>;
  /** Its line ends, and stays down. */
  cut(): void;
  /** Its line may be made anew. */
  connect(): void;
  /** Whether it has the first messages of the chat, that many. */
  hasAll(messages: number): boolean;
  /** How many different messages it shows. */
  readonly shown: number;
  /** How many of them it shows once more. */
  readonly shownTwice: number;
  close(): void;
}
