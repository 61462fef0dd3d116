import { ChangeDetectionStrategy, Component, ElementRef, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatError, MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TeamStore } from '@elite-chat/chat-data-access';
import {
  EMAIL_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
} from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

import { type AccountField, explainFieldError, SOMEBODY_ELSES } from '../../account/field-errors';
import { Submission } from '../../account/submission';
import { explainTeamFailure } from './explain-team-failure';

/** Makes an admin; closes with their name. */
@Component({
  selector: 'chat-add-admin-dialog',
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
  templateUrl: './add-admin-dialog.html',
  styleUrl: './team-dialog.scss',
})
export class AddAdminDialog {
  private readonly team = inject(TeamStore);
  private readonly dialog = inject<MatDialogRef<AddAdminDialog, string>>(MatDialogRef);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/u), Validators.maxLength(NAME_LENGTH_MAX)]],
    email: ['', [Validators.required, Validators.email, Validators.maxLength(EMAIL_LENGTH_MAX)]],
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

  protected explain(field: AccountField): string {
    return explainFieldError(this.form.controls[field], field, this.t, SOMEBODY_ELSES);
  }

  protected submit(): void {
    void this.submission.run(this.form, this.element.nativeElement, async () => {
      const account = this.form.getRawValue();
      await this.team.create(account);
      this.dialog.close(account.name.trim());
    });
  }
}
