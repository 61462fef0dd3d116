import { ChangeDetectionStrategy, Component, ElementRef, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatError, MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TeamStore } from '@elite-chat/chat-data-access';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, type TeamMemberDto } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

import { explainFieldError, SOMEBODY_ELSES } from '../../account/field-errors';
import { Submission } from '../../account/submission';
import { explainTeamFailure } from './explain-team-failure';

/** Gives a colleague another password; closes with true. Its data is the colleague. */
@Component({
  selector: 'chat-reset-password-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatError,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    ReactiveFormsModule,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './reset-password-dialog.html',
  styleUrl: './team-dialog.scss',
})
export class ResetPasswordDialog {
  private readonly team = inject(TeamStore);
  private readonly dialog = inject<MatDialogRef<ResetPasswordDialog, boolean>>(MatDialogRef);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly member = inject<TeamMemberDto>(MAT_DIALOG_DATA);
  protected readonly form = inject(NonNullableFormBuilder).group({
    password: [
      '',
      [
        Validators.required,
        Validators.minLength(PASSWORD_LENGTH_MIN),
        Validators.maxLength(PASSWORD_LENGTH_MAX),
      ],
    ],
  });
  protected readonly t = injectTranslate();
  protected readonly submission = new Submission(explainTeamFailure);
  protected readonly passwordLength = { length: PASSWORD_LENGTH_MIN };

  protected explain(): string {
    return explainFieldError(this.form.controls.password, 'password', this.t, SOMEBODY_ELSES);
  }

  protected submit(): void {
    void this.submission.run(this.form, this.element.nativeElement, async () => {
      await this.team.resetPassword(this.member.id, this.form.getRawValue().password);
      this.dialog.close(true);
    });
  }
}
