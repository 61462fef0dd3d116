import { existsSync } from 'node:fs';

import { Environment, EnvironmentError } from './environment';

const SETTINGS_FILE = '.env';

/**
 * The settings of the environment and of `.env` in the working directory; the environment wins.
 * @throws EnvironmentError with one line for a person
 */
export function readEnvironment(): Environment {
  try {
    if (existsSync(SETTINGS_FILE)) process.loadEnvFile(SETTINGS_FILE);
  } catch (error) {
    throw new EnvironmentError(SETTINGS_FILE, `can't be read: ${String(error)}`);
  }
  return Environment.read(process.env);
}
