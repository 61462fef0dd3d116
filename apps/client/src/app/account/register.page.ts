import { ChangeDetectionStrategy, Component, ElementRef, inject, input } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatError, MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { SessionStore } from '@elite-chat/session';
import {
  EMAIL_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
} from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

import { HOME_PATHS } from '../session/session.guards';
import { AccountFrame } from './account-frame';
import { type AccountField, explainFieldError } from './field-errors';
import { Submission } from './submission';

/** Where a new customer makes an account. */
@Component({
  selector: 'chat-register-page',
  imports: [
    AccountFrame,
    MatButton,
    MatError,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    ReactiveFormsModule,
    RouterLink,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './register.page.html',
  styleUrl: './account-form.scss',
})
export class RegisterPage {
  /** The page that was asked for before signing in */
  readonly returnTo = input<string>();

  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
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
  protected readonly submission = new Submission();
  protected readonly passwordLength = { length: PASSWORD_LENGTH_MIN };

  protected explain(field: AccountField): string {
    return explainFieldError(this.form.controls[field], field, this.t);
  }

  protected submit(): void {
    void this.submission.run(this.form, this.element.nativeElement, async () => {
      const user = await this.session.register(this.form.getRawValue());
      await this.router.navigateByUrl(this.returnTo() ?? HOME_PATHS[user.role]);
    });
  }
}
