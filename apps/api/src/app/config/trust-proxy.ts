import proxyAddress from '@fastify/proxy-addr';

import { type TrustProxy } from './environment';

/** Whether a hop before us is a proxy whose word about the client's address counts. */
export type ProxyTrust = (address: string, hop: number) => boolean;

/** The rule that `TRUST_PROXY` describes; the same for REST calls and sockets. */
export function proxyTrust(trustProxy: TrustProxy): ProxyTrust {
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  return proxyAddress.compile(trustProxy === false ? [] : trustProxy);
}
