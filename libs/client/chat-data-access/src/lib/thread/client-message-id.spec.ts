import { createClientMessageId } from './client-message-id';

describe('createClientMessageId', () => {
  it('makes UUIDs of version 4, each another', () => {
    const ids = Array.from({ length: 1_000 }, createClientMessageId);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(1_000);
  });

  it('pads every byte', () => {
    jest.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => bytes);
    expect(createClientMessageId()).toBe('00000000-0000-4000-8000-000000000000');
  });
});
