import { connect, createServer, type Server, type Socket } from 'node:net';

import { type mongo } from 'mongoose';

import { type Address } from './tcp-proxy';
import { answeredRequestOf, answerTo, commandOf, MessageSplitter, requestIdOf } from './wire-message';

/** What a database that has no room left answers instead of doing what it is told; undefined: it does it. */
export type Refusal = (command: string) => mongo.Document | undefined;

/**
 * Stands between the API and the database and knows where a message begins: it lets answers vanish after
 * the database did what it was told, and answers writes with errors without passing them on.
 */
export class DatabaseProxy {
  private readonly lines = new Set<Socket>();
  private losing: string | null = null;
  /** Answers that were lost. */
  lost = 0;
  /** Commands that were refused. */
  refused = 0;
  /** Asked for each command. */
  refusal: Refusal = () => undefined;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Listens on a port of its own. */
  static async start(target: Address): Promise<DatabaseProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    const proxy = new DatabaseProxy(server, address.port);
    server.on('connection', (socket) => proxy.accept(socket, target));
    return proxy;
  }

  /** The next command of this name is done, but instead of the answer its connection ends. */
  loseNextAnswer(command: string): void {
    this.losing = command;
  }

  /** From now on everything is answered. */
  loseNothing(): void {
    this.losing = null;
  }

  /** Ends everything. */
  stop(): void {
    this.server.close();
    for (const line of this.lines) line.destroy();
  }

  private accept(toClient: Socket, target: Address): void {
    const toDatabase = connect(target);
    const lostRequests = new Set<number>();
    const end = () => {
      for (const line of [toClient, toDatabase]) {
        line.destroy();
        this.lines.delete(line);
      }
    };
    for (const line of [toClient, toDatabase]) {
      this.lines.add(line);
      line.setNoDelay(true).on('error', end).on('close', end);
    }
    const requests = new MessageSplitter();
    toClient.on('data', (chunk: Buffer) => {
      for (const request of requests.add(chunk)) {
        const command = commandOf(request);
        const refusal = command === undefined ? undefined : this.refusal(command);
        if (refusal) {
          this.refused++;
          toClient.write(answerTo(request, refusal));
          continue;
        }
        if (command !== undefined && command === this.losing) {
          this.losing = null;
          lostRequests.add(requestIdOf(request));
        }
        toDatabase.write(request);
      }
    });
    const answers = new MessageSplitter();
    toDatabase.on('data', (chunk: Buffer) => {
      for (const answer of answers.add(chunk)) {
        if (lostRequests.has(answeredRequestOf(answer))) {
          this.lost++;
          end();
          return;
        }
        toClient.write(answer);
      }
    });
  }
}
