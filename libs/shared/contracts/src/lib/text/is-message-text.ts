import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';

import { MESSAGE_BYTES_MAX, MESSAGE_CHARACTERS_MAX } from '../limits';
import { findMessageTextFault } from './message-text';

/**
 * The text of a message: not blank, at most {@link MESSAGE_CHARACTERS_MAX} characters as people see
 * them and {@link MESSAGE_BYTES_MAX} bytes, once normalized.
 */
export function IsMessageText(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMessageText',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && findMessageTextFault(value) === null,
        defaultMessage: (validation?: ValidationArguments) =>
          explain(validation?.property ?? 'message', validation?.value),
      },
    },
    options,
  );
}

function explain(field: string, value: unknown): string {
  if (typeof value !== 'string') return `${field} must be a string`;
  switch (findMessageTextFault(value)) {
    case 'too_many_bytes':
      return `${field} must be at most ${MESSAGE_BYTES_MAX} bytes of UTF-8`;
    case 'too_many_characters':
      return `${field} must be at most ${MESSAGE_CHARACTERS_MAX} characters`;
    default:
      return `${field} must not be blank`;
  }
}
