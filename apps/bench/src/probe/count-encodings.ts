import { Encoder, type Packet, PacketType } from 'socket.io-parser';

/**
 * Counts how often a `new_message` is encoded in this process.
 * @param onAck called whenever an acknowledgement is encoded, which is right before it goes out
 */
export function countEncodings(onAck: () => void): () => number {
  let encodings = 0;
  const { encode } = Encoder.prototype;
  Encoder.prototype.encode = function (packet: Packet) {
    if (packet.type === PacketType.ACK) onAck();
    else if (packet.type === PacketType.EVENT && packet.data[0] === 'new_message') encodings++;
    return encode.call(this, packet);
  };
  return () => encodings;
}
