import { inject, Injectable } from '@angular/core';
import {
  apiPaths,
  type ChangePasswordDto,
  type LoginDto,
  type RegisterDto,
  type SessionDto,
  type UserDto,
} from '@elite-chat/contracts';

import { ApiClient } from './api-client';

/** The REST calls about accounts and sessions. All reject with a `ChatRequestError`. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly client = inject(ApiClient);

  /** Makes a new customer; `email_taken` when the address has an account. */
  register(account: RegisterDto): Promise<SessionDto> {
    return this.client.post(apiPaths.register, account);
  }

  /** Signs in; `invalid_credentials` when email address or password is wrong. */
  login(credentials: LoginDto): Promise<SessionDto> {
    return this.client.post(apiPaths.login, credentials);
  }

  /** Who the token belongs to. */
  me(): Promise<UserDto> {
    return this.client.get(apiPaths.me);
  }

  /** Changes the password; every other session of the account ends. */
  changePassword(passwords: ChangePasswordDto): Promise<void> {
    return this.client.post(apiPaths.password, passwords);
  }

  /** Ends every other session of the account. */
  signOutEverywhere(): Promise<void> {
    return this.client.post(apiPaths.signOutEverywhere, {});
  }
}
