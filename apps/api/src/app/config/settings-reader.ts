import { isIP } from 'node:net';

import { EnvironmentError } from './environment-error';

/** Names of address ranges that stand for well-known blocks. */
const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/** Reads environment variables of each kind; every refusal is one line that names the variable. */
export class SettingsReader {
  constructor(private readonly variables: NodeJS.ProcessEnv) {}

  /** Trimmed; undefined when missing or empty. */
  text(variable: string): string | undefined {
    return this.variables[variable]?.trim() || undefined;
  }

  /** Parts between commas. */
  list(variable: string): string[] {
    const parts = this.text(variable)?.split(',') ?? [];
    return parts.map((part) => part.trim()).filter((part) => part !== '');
  }

  integer(variable: string, { fallback, min, max }: { fallback: number; min: number; max: number }): number {
    const value = this.text(variable);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new EnvironmentError(variable, `must be a whole number from ${min} to ${max}, not "${value}".`);
    }
    return number;
  }

  flag(variable: string): boolean {
    return this.choice(variable, ['true', 'false'], 'false') === 'true';
  }

  choice<T extends string>(variable: string, choices: readonly T[], fallback: T): T {
    const value = this.text(variable);
    if (value === undefined) return fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined)
      throw new EnvironmentError(variable, `must be ${choices.join(', ')}, not "${value}".`);
    return choice;
  }

  /** An address with a scheme; never repeated in the refusal, because it may hold a password. */
  url(variable: string, schemes: readonly string[]): string | undefined {
    const value = this.text(variable);
    if (value === undefined) return undefined;
    if (!URL.canParse(value) || !schemes.includes(new URL(value).protocol)) {
      throw new EnvironmentError(
        variable,
        `must be an address that begins with ${schemes.join('// or ')}//.`,
      );
    }
    return value;
  }

  /** An origin, in the form in which browsers send it. */
  origin(variable: string, value: string): string {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (
      !url ||
      !/^https?:$/.test(url.protocol) ||
      url.pathname !== '/' ||
      url.search !== '' ||
      url.hash !== ''
    ) {
      throw new EnvironmentError(variable, `must be origins like https://app.example.com, not "${value}".`);
    }
    return url.origin;
  }

  addressRange(variable: string, value: string): string {
    const [address = '', prefix, ...rest] = value.split('/');
    const version = isIP(address);
    const isPrefix =
      prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
    if (!NAMED_RANGES.includes(value) && (version === 0 || !isPrefix || rest.length > 0)) {
      throw new EnvironmentError(
        variable,
        `must be a number of hops, or addresses and CIDRs, not "${value}".`,
      );
    }
    return value;
  }
}
