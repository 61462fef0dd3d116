import { inject, Injectable } from '@angular/core';
import {
  apiPaths,
  type AuditPageDto,
  type AuditPageQueryDto,
  type NewAdminDto,
  type ResetPasswordDto,
  type TeamListDto,
  type TeamMemberDto,
  type TeamQueryDto,
} from '@elite-chat/contracts';
import { ApiClient } from '@elite-chat/session';

/** The REST calls about the accounts of admins, one method each. All reject with a `ChatRequestError`. */
@Injectable({ providedIn: 'root' })
export class TeamApi {
  private readonly client = inject(ApiClient);

  /** A page of all admins, in the order in which their accounts were made. */
  team(query: TeamQueryDto = {}): Promise<TeamListDto> {
    return this.client.get(apiPaths.adminTeam, { ...query });
  }

  /** Makes an admin; `email_taken` when the address has an account. */
  create(account: NewAdminDto): Promise<TeamMemberDto> {
    return this.client.post(apiPaths.adminTeam, account);
  }

  /** Refuses an admin from now on; `validation_failed` for the last one who can sign in. */
  disable(adminId: string): Promise<TeamMemberDto> {
    return this.client.post(apiPaths.adminDisable(adminId), {});
  }

  /** Lets a disabled admin sign in again. */
  enable(adminId: string): Promise<TeamMemberDto> {
    return this.client.post(apiPaths.adminEnable(adminId), {});
  }

  /** Gives a colleague another password and ends all their sessions. */
  resetPassword(adminId: string, body: ResetPasswordDto): Promise<void> {
    return this.client.post(apiPaths.adminPassword(adminId), body);
  }

  /** A page of the audit log, newest first. */
  audit(query: AuditPageQueryDto = {}): Promise<AuditPageDto> {
    return this.client.get(apiPaths.adminAudit, { ...query });
  }
}
