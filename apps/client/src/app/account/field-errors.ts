import type { AbstractControl } from '@angular/forms';
import type { MessageKey, Translate } from '@elite-chat/i18n';

/** A field of the account pages. */
export type AccountField = 'name' | 'email' | 'password';

/** What a person reads who is to fill in a field of their own account. */
const OWN: Record<AccountField, MessageKey> = {
  name: 'fieldError.required.name',
  email: 'fieldError.required.email',
  password: 'fieldError.required.password',
};

/** What a person reads who is to fill in a field of somebody else's account. */
export const SOMEBODY_ELSES: Record<AccountField, MessageKey> = {
  name: 'fieldError.missing.name',
  email: 'fieldError.missing.email',
  password: 'fieldError.missing.password',
};

/** What a person reads below a field that is not filled in well; empty when it is. */
export function explainFieldError(
  { errors }: AbstractControl,
  field: AccountField,
  t: Translate,
  required = OWN,
): string {
  if (!errors) return '';
  if (errors['required'] || errors['pattern']) return t(required[field]);
  if (errors['email']) return t('fieldError.email');
  if (errors['minlength']) return t('fieldError.tooShort', { length: errors['minlength'].requiredLength });
  if (errors['maxlength']) return t('fieldError.tooLong', { length: errors['maxlength'].requiredLength });
  return typeof errors['refused'] === 'string' ? errors['refused'] : '';
}
