import { defaultCacheDirectory } from './cache-directory';

it.each([
  ['linux', {}, '/home/me/.cache/elite-chat'],
  ['linux', { XDG_CACHE_HOME: '/var/cache/me' }, '/var/cache/me/elite-chat'],
  ['darwin', { XDG_CACHE_HOME: '/ignored' }, '/home/me/Library/Caches/elite-chat'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/elite-chat'],
])('on %s with %o it is %s', (platform, environment, expected) => {
  expect(defaultCacheDirectory(platform, environment, '/home/me')).toBe(expected);
});
