import type { AbstractControl } from '@angular/forms';

/** What a person reads below a field that is not filled in well; empty when it is. */
export function explainFieldError(control: AbstractControl, label: string): string {
  const { errors } = control;
  if (!errors) return '';
  if (errors['required']) return `Please fill in your ${label}.`;
  if (errors['pattern']) return `Please fill in your ${label}.`;
  if (errors['email']) return 'That is not an email address.';
  if (errors['minlength']) return `At least ${errors['minlength'].requiredLength} characters, please.`;
  if (errors['maxlength']) return `At most ${errors['maxlength'].requiredLength} characters, please.`;
  return typeof errors['refused'] === 'string' ? errors['refused'] : '';
}
