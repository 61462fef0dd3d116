import { type ErrorDetail } from '@elite-chat/contracts';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';

import { ApiError } from '../errors/api-error';

/** A DTO class of the contract: made without arguments, its decorators are its rules. */
export type InputType<T extends object> = new () => T;

/** A longer name would only make the answer long. */
const FIELD_NAME_MAX = 100;

const fieldsByType = new WeakMap<InputType<object>, ReadonlySet<string>>();

/**
 * Turns foreign input into a DTO, or refuses it with `validation_failed` and the fields at fault.
 * Both doors use it. All payloads are flat, so nothing but the declared fields is ever copied;
 * `null` counts as absent, and so does a missing input where no field is required.
 */
export function validateInput<T extends object>(type: InputType<T>, input: unknown): T {
  const dto = new type();
  const known = knownFields(type);
  for (const [field, value] of Object.entries(asRecord(input))) {
    // Asked of our own list: the validator's whitelist takes inherited names like `constructor` for known.
    if (!known.has(field)) throw invalidInput([unknownField(field)]);
    if (value !== null) Object.assign(dto, { [field]: value });
  }
  const errors = validateSync(dto, {
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) throw invalidInput(errors.map(toDetail));
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

function knownFields(type: InputType<object>): ReadonlySet<string> {
  let fields = fieldsByType.get(type);
  if (!fields) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    fields = new Set(rules.map((rule) => rule.propertyName));
    fieldsByType.set(type, fields);
  }
  return fields;
}

function unknownField(name: string): ErrorDetail {
  const field = name.slice(0, FIELD_NAME_MAX);
  return { field, message: `${field} is not a known field` };
}

function toDetail({ property, constraints }: ValidationError): ErrorDetail {
  return { field: property, message: Object.values(constraints ?? {})[0] ?? `${property} is not valid` };
}
