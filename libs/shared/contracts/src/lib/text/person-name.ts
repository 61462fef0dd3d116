import { ValidateBy, type ValidationOptions } from 'class-validator';

import { NAME_LENGTH_MAX } from '../limits';
import { countCharacters, normalizeMessageText } from './message-text';

/** The form in which a person's name is stored: one line, single spaces, trimmed, Unicode NFC. */
export function normalizePersonName(name: string): string {
  return normalizeMessageText(name).replace(/\s+/gu, ' ').trim();
}

/** A person's name: not blank, at most {@link NAME_LENGTH_MAX} characters as people see them. */
export function IsPersonName(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPersonName',
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string' || value.length > NAME_LENGTH_MAX * 8) return false;
          const name = normalizePersonName(value);
          return /[\p{L}\p{N}\p{S}\p{P}]/u.test(name) && countCharacters(name) <= NAME_LENGTH_MAX;
        },
        defaultMessage: () => `name must be 1 to ${NAME_LENGTH_MAX} characters and not blank`,
      },
    },
    options,
  );
}
