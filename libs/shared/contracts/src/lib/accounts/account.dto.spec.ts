import { normalizeEmail } from './account.dto';

describe('normalizeEmail', () => {
  it.each(['cora@example.com', '  cora@example.com\n', 'CORA@Example.Com'])(
    'makes %j one account',
    (email) => {
      expect(normalizeEmail(email)).toBe('cora@example.com');
    },
  );
});
