import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Avatar, Icon, PresenceMark } from '@elite-chat/chat-ui';
import type { TeamMemberDto } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

/** What can be done to an admin. */
export type MemberAct = 'resetPassword' | 'disable' | 'enable';

/** An act that was chosen, and the button to which the focus returns. */
export interface ChosenAct {
  act: MemberAct;
  button: HTMLElement;
}

/** One admin of the team: who they are, how they stand, and what can be done to them. */
@Component({
  selector: 'chat-team-member',
  imports: [Avatar, Icon, MatMenu, MatMenuItem, MatMenuTrigger, PresenceMark],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './team-member.html',
  styleUrl: './team-member.scss',
})
export class TeamMember {
  /** The admin */
  readonly member = input.required<TeamMemberDto>();

  /** Whether the reader is this admin */
  readonly isReader = input(false);

  /** Something is to be done */
  readonly choose = output<ChosenAct>();

  protected readonly t = injectTranslate();

  /** Own passwords are changed with the present one; the host application keeps those of its admins. */
  protected readonly hasPasswordToReset = computed(() => !this.isReader() && !this.member().isHostUser);

  protected readonly origin = computed(() => {
    const { isHostUser, isDisabled, canSignIn } = this.member();
    if (!isHostUser) return '';
    return canSignIn || isDisabled ? this.t('team.host') : this.t('team.notAdmitted');
  });
}
