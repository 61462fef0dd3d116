import { ChangeDetectionStrategy, Component, ElementRef, inject } from '@angular/core';
import { FormGroup } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { injectTranslate, type MessageKey } from '@elite-chat/i18n';

import { Submission } from '../../account/submission';
import { explainTeamFailure } from './explain-team-failure';

/** What is asked before something is done to an admin. */
export interface Confirmation {
  /** The admin's name, for the texts */
  name: string;
  heading: MessageKey;
  /** What happens then */
  text: MessageKey;
  /** What the button says that does it */
  confirm: MessageKey;
  act: () => Promise<void>;
}

/** Asks before something is done to an admin, does it, and closes with true; says here why it could not be done. */
@Component({
  selector: 'chat-confirm-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t(data.heading, { name: data.name }) }}</h2>
    <mat-dialog-content>
      <p>{{ t(data.text, { name: data.name }) }}</p>
      <p class="failure" role="alert">{{ submission.failure() }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [mat-dialog-close]="false" cdkFocusInitial>
        {{ t('team.act.cancel') }}
      </button>
      <button
        matButton="filled"
        type="button"
        [disabled]="submission.isPending()"
        disabledInteractive
        (click)="confirm()"
      >
        {{ t(data.confirm) }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './team-dialog.scss',
})
export class ConfirmDialog {
  private readonly dialog = inject<MatDialogRef<ConfirmDialog, boolean>>(MatDialogRef);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly t = injectTranslate();
  protected readonly data = inject<Confirmation>(MAT_DIALOG_DATA);
  protected readonly submission = new Submission(explainTeamFailure);

  protected confirm(): void {
    void this.submission.run(new FormGroup({}), this.element.nativeElement, async () => {
      await this.data.act();
      this.dialog.close(true);
    });
  }
}
