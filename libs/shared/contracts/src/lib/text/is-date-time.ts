import { ValidateBy, type ValidationOptions } from 'class-validator';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A point in time: ISO 8601 with date, time and zone. (class-validator's own rule lets other forms through.) */
export function IsDateTime(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isDateTime',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)),
        defaultMessage: (validation) =>
          `${validation?.property ?? 'time'} must be a date and time with a zone, like 2026-05-04T00:00:00+02:00`,
      },
    },
    options,
  );
}
