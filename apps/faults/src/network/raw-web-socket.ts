import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What a frame says that it carries (RFC 6455, section 5.2). */
export const OPCODES = { text: 0x1, binary: 0x2, close: 0x8 } as const;

/** A WebSocket written by hand, so that it can say what no library would. */
export class RawWebSocket {
  private readonly socket: Socket;
  private received = Buffer.alloc(0);
  private hasUpgraded = false;
  private heard = '';
  /** Whether the other side has ended the connection. */
  isClosed = false;

  constructor(host: string, port: number, path: string) {
    this.socket = connect({ host, port });
    this.socket.on('data', (chunk: Buffer) => this.receive(chunk));
    this.socket.on('error', () => (this.isClosed = true));
    this.socket.on('close', () => (this.isClosed = true));
    const head = [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
    ];
    this.socket.write(`${head.join('\r\n')}\r\n\r\n`);
  }

  /** All that was heard, one frame after another. */
  get text(): string {
    return this.heard;
  }

  /** Sends a whole frame, masked as a client must. */
  send(payload: string | Buffer, opcode: number = OPCODES.text): void {
    const body = Buffer.from(payload);
    const mask = randomBytes(4);
    const length = Buffer.alloc(body.length < 126 ? 1 : body.length < 65_536 ? 3 : 9);
    if (length.length === 1) length[0] = body.length | 0x80;
    else if (length.length === 3) length.writeUInt16BE(body.length, 1);
    else length.writeBigUInt64BE(BigInt(body.length), 1);
    if (length.length > 1) length[0] = (length.length === 3 ? 126 : 127) | 0x80;
    const masked = body.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, mask, masked]));
  }

  /** Ends it. */
  destroy(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    if (!this.hasUpgraded) {
      const end = this.received.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.hasUpgraded = true;
      this.received = this.received.subarray(end + 4);
    }
    for (let frame = readFrame(this.received); frame; frame = readFrame(this.received)) {
      this.received = this.received.subarray(frame.length);
      // A library would answer it; ending is as good.
      if (frame.opcode === OPCODES.close) this.destroy();
      else this.heard += `${frame.payload.toString('utf8')}\n`;
    }
  }
}

/** The first whole frame of a server, which masks nothing. */
function readFrame(bytes: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  const [first = 0, short = 0] = bytes;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return undefined;
  const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const length = start + size;
  if (bytes.length < length) return undefined;
  return { opcode: first & 0x0f, payload: bytes.subarray(start, length), length };
}
