import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type ReadStream } from 'node:tty';

/** Where a password comes from: the terminal, or whatever is piped into the command. */
export type PasswordSource = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;

/** Why there is no password: none was given, the two differ, or the person has left. */
export interface PasswordRefusal {
  refused: 'missing' | 'different' | 'left';
}

/**
 * A new password: asked for twice without showing it where somebody sits at a terminal, the first
 * line of the input otherwise.
 */
export async function readPassword(
  source: PasswordSource,
  prompts: NodeJS.WritableStream,
): Promise<string | PasswordRefusal> {
  if (!source.isTTY) return (await firstLine(source)) ?? { refused: 'missing' };
  const password = await ask(source, prompts, 'Password: ');
  if (password === null) return { refused: 'left' };
  const again = await ask(source, prompts, 'The same password again: ');
  if (again === null) return { refused: 'left' };
  return password === again ? password : { refused: 'different' };
}

async function firstLine(source: NodeJS.ReadableStream): Promise<string | null> {
  const lines = createInterface({ input: source });
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    lines.close();
  }
}

/** @returns null when the person leaves: Ctrl+C, Ctrl+D */
async function ask(
  source: NodeJS.ReadableStream,
  prompts: NodeJS.WritableStream,
  question: string,
): Promise<string | null> {
  // What readline echoes goes nowhere.
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: source, output: silence, terminal: true, historySize: 0 });
  const left = new Promise<null>((resolve) => {
    terminal.once('SIGINT', () => resolve(null));
    terminal.once('close', () => resolve(null));
  });
  prompts.write(question);
  try {
    return await Promise.race([terminal.question(''), left]);
  } finally {
    terminal.close();
    prompts.write('\n');
  }
}
