import { isEmail, ValidateBy, type ValidationOptions } from 'class-validator';

import { EMAIL_LENGTH_MAX } from '../limits';

/** An email address, once surrounding spaces are trimmed; at most {@link EMAIL_LENGTH_MAX} characters. */
export function IsTrimmedEmail(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isTrimmedEmail',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && value.length <= EMAIL_LENGTH_MAX && isEmail(value.trim()),
        defaultMessage: () => `email must be an email address of at most ${EMAIL_LENGTH_MAX} characters`,
      },
    },
    options,
  );
}
