import { PasswordHasher } from './password-hasher.service';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();
  beforeAll(() => hasher.onModuleInit());

  it('recognises the right password only', async () => {
    const hash = await hasher.hash('correct-horse-battery');

    expect(await hasher.verify('correct-horse-battery', hash)).toBe(true);
    expect(await hasher.verify('correct-horse-batterY', hash)).toBe(false);
  });

  it('takes a password for the same however the keyboard composes its letters', async () => {
    const hash = await hasher.hash('caf\u00e9-au-lait');

    expect(await hasher.verify('cafe\u0301-au-lait', hash)).toBe(true);
  });

  it('is never right about nobody', async () => {
    expect(await hasher.verify('', undefined)).toBe(false);
    expect(await hasher.verify('correct-horse-battery', undefined)).toBe(false);
  });
});
