import { io } from 'socket.io-client';

import { createTestApp, type TestApp } from '../../../../test/test-app';

describe('handshakes beyond the limit', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ variables: { LIMIT_HANDSHAKES_PER_MINUTE: '1', TRUST_PROXY: 'loopback' } });
  });
  afterAll(() => test.close());

  /** What a handshake without a token is refused with, from an address as the trusted proxy tells it. */
  const refusalOf = async (address: string): Promise<string> => {
    const socket = io(test.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { 'x-forwarded-for': address },
    });
    try {
      const refusal = await new Promise<Error>((resolve) => socket.on('connect_error', resolve));
      return refusal.message;
    } finally {
      socket.disconnect();
    }
  };

  it.each([
    ['one address', '10.0.0.1', '10.0.0.1', '10.0.0.2'],
    ['one IPv4 address in either form', '10.0.1.1', '::ffff:10.0.1.1', '10.0.1.2'],
    ['one /64 of IPv6', '2001:db8:1:1::1', '2001:db8:1:1:ffff::2', '2001:db8:1:2::1'],
  ])('are refused by %s, others go on', async (_name, first, second, other) => {
    expect(await refusalOf(first)).toBe('unauthorized');
    expect(await refusalOf(second)).toBe('rate_limited');
    expect(await refusalOf(other)).toBe('unauthorized');
  });
});
