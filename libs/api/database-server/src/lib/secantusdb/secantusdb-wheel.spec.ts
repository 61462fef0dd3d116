import { wheelFor } from './secantusdb-wheel';

it.each([
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
  ['win32', 'x64'],
])('has a pinned wheel for %s on %s', (platform, architecture) => {
  expect(wheelFor(platform, architecture)?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('has none where none is published', () => {
  expect(wheelFor('darwin', 'x64')).toBeNull();
});
