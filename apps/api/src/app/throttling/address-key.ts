import { normalizeIp } from '@nestjs/throttler';

/** Of IPv6 a customer is given a whole /64: counted by address, one person would have as many as they like. */
const IPV6_PREFIX = 64;

/** What calls of one address are counted under. */
export function addressKey(address: string): string {
  return `address:${normalizeIp(address, IPV6_PREFIX)}`;
}
