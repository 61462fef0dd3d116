import { type IncomingMessage } from 'node:http';

import proxyAddress from '@fastify/proxy-addr';
import { Injectable } from '@nestjs/common';

import { Environment } from '../../config/environment';
import { type ProxyTrust, proxyTrust } from '../../config/trust-proxy';

/** The address that a connection comes from, behind as many proxies as `TRUST_PROXY` says. */
@Injectable()
export class ClientAddress {
  private readonly trust: ProxyTrust;

  constructor({ trustProxy }: Environment) {
    this.trust = proxyTrust(trustProxy);
  }

  /** Of a handshake, as Fastify finds it for REST calls. */
  of(request: IncomingMessage): string {
    return proxyAddress(request, this.trust);
  }
}
