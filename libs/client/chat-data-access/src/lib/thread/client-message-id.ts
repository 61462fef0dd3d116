/** A random UUID (version 4). `crypto.randomUUID` is missing on plain http other than localhost. */
export function createClientMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    // The version stands in the seventh byte, the variant in the ninth (RFC 9562, section 5.4).
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16);
    if (index === 8) return ((byte & 0x3f) | 0x80).toString(16);
    return byte.toString(16).padStart(2, '0');
  });
  const group = (start: number, end: number) => hex.slice(start, end).join('');
  return [group(0, 4), group(4, 6), group(6, 8), group(8, 10), group(10, 16)].join('-');
}
