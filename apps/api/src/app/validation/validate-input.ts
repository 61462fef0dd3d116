import { type ErrorDetail } from '@elite-chat/contracts';
import { validateSync, type ValidationError } from 'class-validator';

import { ApiError } from '../errors/api-error';

/** A DTO class of the contract: made without arguments, its decorators are its rules. */
export type InputType<T extends object> = new () => T;

/** More would only make the answer long. */
const DETAILS_MAX = 20;
const FIELD_NAME_MAX = 100;

/**
 * Turns foreign input into a DTO, or refuses it with `validation_failed` and the fields at fault.
 * Both doors use it. All payloads are flat, so nothing but the declared fields is ever copied;
 * `null` counts as absent, and so does a missing input where no field is required.
 */
export function validateInput<T extends object>(type: InputType<T>, input: unknown): T {
  const dto = new type();
  for (const [field, value] of Object.entries(asRecord(input))) {
    // defineProperty, because assigning to `__proto__` would change the prototype instead of being refused.
    Object.defineProperty(dto, field, { value, configurable: true, enumerable: true, writable: true });
  }
  const errors = validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) throw invalidInput(errors.slice(0, DETAILS_MAX).map(toDetail));
  for (const [field, value] of Object.entries(dto)) {
    if (value === null) Reflect.deleteProperty(dto, field);
  }
  return dto;
}

/** The refusal of wrong input, for rules that no decorator can express. */
export function invalidInput(details: ErrorDetail[]): ApiError {
  return new ApiError('validation_failed', 'The input is not valid.', { details });
}

function asRecord(input: unknown): object {
  if (input === undefined) return {};
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidInput([{ field: 'body', message: 'body must be an object' }]);
  }
  return input;
}

function toDetail(error: ValidationError): ErrorDetail {
  const field = error.property.slice(0, FIELD_NAME_MAX);
  const constraints = error.constraints ?? {};
  if ('whitelistValidation' in constraints) return { field, message: `${field} is not a known field` };
  return { field, message: Object.values(constraints)[0] ?? `${field} is not valid` };
}
