import { type IncomingMessage } from 'node:http';

import { Injectable } from '@nestjs/common';
import proxyAddress from '@fastify/proxy-addr';

import { Environment } from '../../config/environment';

/** The address that a connection comes from, behind as many proxies as `TRUST_PROXY` says. */
@Injectable()
export class ClientAddress {
  private readonly trusts: (address: string, hop: number) => boolean;

  constructor({ trustProxy }: Environment) {
    this.trusts =
      typeof trustProxy === 'number'
        ? (_address, hop) => hop < trustProxy
        : proxyAddress.compile(trustProxy === false ? [] : trustProxy);
  }

  /** Of an HTTP request, as Fastify finds it for REST calls. */
  of(request: IncomingMessage): string {
    return proxyAddress(request, this.trusts);
  }
}
