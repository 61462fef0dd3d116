import { Injectable } from '@nestjs/common';

import { TokenAuthenticator } from '../../auth/token-authenticator.service';
import { addressKey } from '../../throttling/address-key';
import { type ChatSocket } from './chat-socket';
import { ClientAddress } from './client-address';
import { SocketLimits } from './socket-limits';

/** Finds out who opens a connection, before there is one. */
@Injectable()
export class SocketAuthentication {
  constructor(
    private readonly authenticator: TokenAuthenticator,
    private readonly limits: SocketLimits,
    private readonly address: ClientAddress,
  ) {}

  /** @throws ApiError `unauthorized` without a valid token, `rate_limited` after too many tries */
  async admit(socket: ChatSocket): Promise<void> {
    await this.limits.admitHandshake(addressKey(this.address.of(socket.request)));
    const user = await this.authenticator.authenticate(tokenOf(socket));
    socket.data = { user, sends: Promise.resolve() };
  }

  /** @throws ApiError `unauthorized` when the session has ended meanwhile */
  async recheck(socket: ChatSocket): Promise<void> {
    await this.authenticator.authenticate(tokenOf(socket));
  }
}

function tokenOf(socket: ChatSocket): string | undefined {
  const token: unknown = socket.handshake.auth['token'];
  return typeof token === 'string' ? token : undefined;
}
