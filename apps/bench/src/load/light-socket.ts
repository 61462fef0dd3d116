import WebSocket from 'ws';

/** Of Engine.IO 4 and Socket.IO 5, as text: what a packet begins with. */
const PACKETS = {
  open: '0',
  ping: '2',
  pong: '3',
  connect: '40',
  event: '42',
  ack: '43',
  refusal: '44',
} as const;

const MESSAGE_PACKET = `${PACKETS.event}["new_message"`;

type Answered = (packet: string) => void;

/**
 * A Socket.IO client that does no more than it must, so that it is the server that is measured: it
 * reads of an event only its name, and of an answer only whether it is one.
 */
export class LightSocket {
  /** Messages that it was sent. */
  delivered = 0;

  private readonly waiting = new Map<number, Answered>();
  private lastId = 0;

  private constructor(private readonly line: WebSocket) {}

  /** Opens a connection as the holder of a token. */
  static async connect(url: string, token: string): Promise<LightSocket> {
    const line = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    const socket = new LightSocket(line);
    await new Promise<void>((resolve, reject) => {
      line.on('error', reject);
      line.on('message', (data) => {
        const packet = data.toString();
        if (packet.startsWith(PACKETS.open)) line.send(PACKETS.connect + JSON.stringify({ token }));
        else if (packet.startsWith(PACKETS.connect)) resolve();
        else if (packet.startsWith(PACKETS.refusal)) reject(new Error(`Refused: ${packet}`));
        else socket.hear(packet);
      });
    });
    return socket;
  }

  /** Says an event; `answered` is called once, with the answer's packet. */
  say(event: string, payload: object, answered: Answered): void {
    const id = ++this.lastId;
    this.waiting.set(id, answered);
    this.line.send(`${PACKETS.event}${id}${JSON.stringify([event, payload])}`);
  }

  /** Says an event that must succeed. */
  async ask(event: string, payload: object): Promise<void> {
    const packet = await new Promise<string>((resolve) => this.say(event, payload, resolve));
    requireSuccess(packet);
  }

  /** Ends the line without a word: closing handshakes of thousands would take their time. */
  terminate(): void {
    this.line.terminate();
  }

  private hear(packet: string): void {
    if (packet.startsWith(MESSAGE_PACKET)) this.delivered++;
    else if (packet.startsWith(PACKETS.ack)) {
      const id = Number(packet.slice(PACKETS.ack.length, packet.indexOf('[')));
      const answered = this.waiting.get(id);
      this.waiting.delete(id);
      answered?.(packet);
    } else if (packet === PACKETS.ping) this.line.send(PACKETS.pong);
  }
}

/** @throws Error with the answer, unless it says `ok` */
export function requireSuccess(packet: string): void {
  if (!packet.includes('"ok":true')) throw new Error(`Refused: ${packet.slice(0, 300)}`);
}
