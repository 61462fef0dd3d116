import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { injectTranslate } from '@elite-chat/i18n';

/** Asks before signing out discards what is not sent yet; closes with true for "discard". Its data is the number. */
@Component({
  selector: 'chat-sign-out-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('signOut.heading') }}</h2>
    <mat-dialog-content>{{ t.count('signOut.unsent', count) }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [mat-dialog-close]="false" cdkFocusInitial>
        {{ t('signOut.stay') }}
      </button>
      <button matButton type="button" [mat-dialog-close]="true">{{ t('signOut.discard') }}</button>
    </mat-dialog-actions>
  `,
})
export class SignOutDialog {
  protected readonly t = injectTranslate();
  protected readonly count = inject<number>(MAT_DIALOG_DATA);
}
