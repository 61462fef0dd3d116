import { type RegisterDto, type UserRole } from '@elite-chat/contracts';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';

import { Environment } from '../config/environment';
import { ApiError } from '../errors/api-error';
import { UsersService } from '../users/users.service';

/** The two accounts to try the product with; everybody knows their passwords. */
export const DEMO_ACCOUNTS = [
  { name: 'Cora Lane', email: 'customer@example.com', password: 'customer-demo-1', role: 'user' },
  { name: 'Ada Moss', email: 'admin@example.com', password: 'admin-demo-1', role: 'admin' },
] as const satisfies readonly (RegisterDto & { role: UserRole })[];

/** Makes the demo accounts at start where they are wanted, and shuts them where they would be an open door. */
@Injectable()
export class DemoAccounts implements OnApplicationBootstrap {
  private readonly logger = new Logger(DemoAccounts.name);

  constructor(
    private readonly environment: Environment,
    private readonly users: UsersService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const account of DEMO_ACCOUNTS) {
      if (this.environment.hasDemoAccounts) await this.open(account);
      else if (this.environment.isProduction) await this.close(account);
    }
  }

  private async open({ role, ...account }: (typeof DEMO_ACCOUNTS)[number]): Promise<void> {
    const found = await this.users.findAccount(account.email);
    // Closed by a start in production on the same data, and now announced again.
    if (found?.isDisabled) await this.users.enable(found._id.toHexString());
    if (found) return;
    try {
      await this.users.createAccount(account, role);
    } catch (error) {
      // Another process that starts at the same time was faster.
      if (!(error instanceof ApiError && error.code === 'email_taken')) throw error;
    }
  }

  private async close({ email }: (typeof DEMO_ACCOUNTS)[number]): Promise<void> {
    const found = await this.users.findAccount(email);
    if (!found || found.isDisabled) return;
    await this.users.disable(found._id.toHexString());
    this.logger.warn(`The demo account ${email} was disabled: this is production.`);
  }
}
