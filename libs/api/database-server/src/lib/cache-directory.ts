import { homedir } from 'node:os';
import { join } from 'node:path';

/** `elite-chat` in the folder where this system keeps what can be fetched again. */
export function defaultCacheDirectory(
  platform: string = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  return join(userCacheDirectory(platform, environment, home), 'elite-chat');
}

function userCacheDirectory(platform: string, environment: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  return environment['XDG_CACHE_HOME'] || join(home, '.cache');
}
