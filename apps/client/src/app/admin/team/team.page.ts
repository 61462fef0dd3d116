import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatSnackBar } from '@angular/material/snack-bar';
import { AuditStore, ChatSocket, TeamStore } from '@elite-chat/chat-data-access';
import { ConnectionBanner, EmptyState, ListSkeleton } from '@elite-chat/chat-ui';
import type { TeamMemberDto } from '@elite-chat/contracts';
import { explainFailure, injectTranslate, type MessageKey } from '@elite-chat/i18n';
import { SessionStore } from '@elite-chat/session';

import { AddAdminDialog } from './add-admin-dialog';
import { AuditLog } from './audit-log';
import { ConfirmDialog, type Confirmation } from './confirm-dialog';
import { ResetPasswordDialog } from './reset-password-dialog';
import { type ChosenAct, TeamMember } from './team-member';

/** Wide enough for a form, and never wider than a phone. */
const DIALOG_WIDTH = { width: '440px', maxWidth: 'calc(100vw - 32px)' };

/** The admins, what can be done with their accounts, and what was done. */
@Component({
  selector: 'chat-team-page',
  imports: [AuditLog, ConnectionBanner, EmptyState, ListSkeleton, MatButton, TeamMember],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './team.page.html',
  styleUrl: './team.page.scss',
})
export class TeamPage {
  private readonly dialog = inject(MatDialog);
  private readonly snackBar = inject(MatSnackBar);
  private readonly session = inject(SessionStore);
  protected readonly t = injectTranslate();
  protected readonly team = inject(TeamStore);
  protected readonly socket = inject(ChatSocket);

  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  protected readonly failure = computed(() => {
    const error = this.team.error();
    return error ? explainFailure(error, this.t) : '';
  });

  constructor() {
    const audit = inject(AuditStore);
    void this.team.start();
    void audit.start();
    inject(DestroyRef).onDestroy(() => {
      this.team.stop();
      audit.stop();
      // A session that ends takes its reader away from under a dialog.
      this.dialog.closeAll();
    });
  }

  protected reload(): void {
    void this.team.start();
  }

  protected loadMore(): void {
    void this.team.loadMore();
  }

  protected add(): void {
    this.dialog
      .open<AddAdminDialog, undefined, string>(AddAdminDialog, DIALOG_WIDTH)
      .afterClosed()
      .subscribe((name) => name && this.say('team.add.done', name));
  }

  protected choose(member: TeamMemberDto, { act, button }: ChosenAct): void {
    if (act === 'resetPassword') this.resetPassword(member, button);
    else if (act === 'enable') this.confirm(this.enabling(member), 'team.enable.done', button);
    else this.confirm(this.disabling(member), 'team.disable.done', button);
  }

  private enabling({ id, name }: TeamMemberDto): Confirmation {
    return {
      name,
      heading: 'team.enable.heading',
      text: 'team.enable.text',
      confirm: 'team.enable.confirm',
      act: () => this.team.enable(id),
    };
  }

  private disabling({ id, name }: TeamMemberDto): Confirmation {
    const isOwn = id === this.readerId();
    return {
      name,
      heading: isOwn ? 'team.disable.ownHeading' : 'team.disable.heading',
      text: isOwn ? 'team.disable.ownText' : 'team.disable.text',
      confirm: 'team.disable.confirm',
      act: () => this.team.disable(id),
    };
  }

  private resetPassword(member: TeamMemberDto, restoreFocus: HTMLElement): void {
    this.dialog
      .open<ResetPasswordDialog, TeamMemberDto, boolean>(ResetPasswordDialog, {
        ...DIALOG_WIDTH,
        data: member,
        restoreFocus,
      })
      .afterClosed()
      .subscribe((isDone) => isDone && this.say('team.password.done', member.name));
  }

  private confirm(data: Confirmation, done: MessageKey, restoreFocus: HTMLElement): void {
    this.dialog
      .open<ConfirmDialog, Confirmation, boolean>(ConfirmDialog, { ...DIALOG_WIDTH, data, restoreFocus })
      .afterClosed()
      .subscribe((isDone) => isDone && this.say(done, data.name));
  }

  private say(words: MessageKey, name: string): void {
    this.snackBar.open(this.t(words, { name }), undefined, { duration: 6_000 });
  }
}
