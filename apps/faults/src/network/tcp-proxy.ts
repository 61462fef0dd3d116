import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where a proxy passes everything on to. */
export interface Address {
  host: string;
  port: number;
}

/** One connection through the proxy. */
export class Link {
  private readonly toServer: Socket;
  private isHole = false;
  private isDeaf = false;

  constructor(
    private readonly toClient: Socket,
    target: Address,
    private readonly delayMs: () => number,
  ) {
    this.toServer = connect(target);
    for (const socket of [toClient, this.toServer]) {
      socket.setNoDelay(true);
      // Each ends with the other; the reason is of no interest.
      socket.on('error', () => this.destroy());
      socket.on('close', () => this.closeUnlessHole());
    }
    toClient.on('data', (chunk: Buffer) => this.pass(chunk, this.toServer, () => this.isHole));
    this.toServer.on('data', (chunk: Buffer) => this.pass(chunk, toClient, () => this.isHole || this.isDeaf));
  }

  /** Whether it still passes anything. */
  get isAlive(): boolean {
    return !this.isHole && !this.toClient.destroyed && !this.toServer.destroyed;
  }

  /** From now on everything vanishes in both directions, and neither side is told: no FIN, no RST. */
  cutWithoutFin(): void {
    this.isHole = true;
  }

  /** From now on the client hears nothing, while the server hears it: half of the line is gone. */
  deafen(): void {
    this.isDeaf = true;
  }

  /** From now on the client reads nothing: what the server sends waits in the line, then at the server. */
  stopReading(): void {
    this.toServer.pause();
  }

  /** The client reads again. */
  readAgain(): void {
    this.toServer.resume();
  }

  /** Ends it with an RST on both sides, as a router that lost its table does. */
  reset(): void {
    this.toClient.resetAndDestroy();
    this.toServer.resetAndDestroy();
  }

  /** Ends it. */
  destroy(): void {
    this.toClient.destroy();
    this.toServer.destroy();
  }

  private pass(chunk: Buffer, to: Socket, vanishes: () => boolean): void {
    if (vanishes()) return;
    const delay = this.delayMs();
    if (delay === 0) to.write(chunk);
    // Equal delays keep their order, as timers of one length do.
    else setTimeout(() => void (vanishes() || to.destroyed || to.write(chunk)), delay);
  }

  /** A line that is gone passes no end on either. */
  private closeUnlessHole(): void {
    if (!this.isHole) this.destroy();
  }
}

/** A line that can be cut, deafened, reset and slowed down while it is in use. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  /** How long every chunk takes in each direction, in milliseconds. */
  delayMs = 0;
  /** Whether new connections are refused. */
  isClosed = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Listens on a port of its own. */
  static async start(target: Address): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    const proxy = new TcpProxy(server, address.port);
    server.on('connection', (socket) => proxy.accept(socket, target));
    return proxy;
  }

  /** For clients of the API behind it. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The connections that still pass something. */
  get alive(): Link[] {
    return [...this.links].filter((link) => link.isAlive);
  }

  /** Resets every connection, dead lines included. */
  resetAll(): void {
    for (const link of this.links) link.reset();
    this.links.clear();
  }

  /** Ends everything. */
  stop(): void {
    this.server.close();
    for (const link of this.links) link.destroy();
    this.links.clear();
  }

  private accept(socket: Socket, target: Address): void {
    if (this.isClosed) {
      socket.on('error', () => undefined);
      socket.resetAndDestroy();
      return;
    }
    const link = new Link(socket, target, () => this.delayMs);
    this.links.add(link);
    socket.once('close', () => this.links.delete(link));
  }
}
