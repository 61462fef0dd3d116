import { type IncomingMessage } from 'node:http';

import { type ErrorCode } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { asApiError } from '../../errors/as-api-error';
import { Metrics } from '../../metrics/metrics';
import { addressKey } from '../../throttling/address-key';
import { ClientAddress } from './client-address';
import { SocketLimits } from './socket-limits';

/** Lets in connections of which nobody knows yet whose they are. */
@Injectable()
export class ConnectionAdmission {
  constructor(
    private readonly limits: SocketLimits,
    private readonly address: ClientAddress,
    private readonly metrics: Metrics,
  ) {}

  /** @returns why a connection is refused; null: it is let in */
  async refusalOf(request: IncomingMessage): Promise<ErrorCode | null> {
    try {
      await this.limits.admitConnection(addressKey(this.address.of(request)));
      return null;
    } catch (error) {
      const { code } = asApiError(error);
      this.metrics.refused('connection', code);
      return code;
    }
  }
}
