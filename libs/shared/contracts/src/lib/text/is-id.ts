import { ValidateBy, type ValidationOptions } from 'class-validator';

const ID = /^[0-9a-f]{24}$/i;

/** An id: 24 hexadecimal digits. (class-validator's own rule also lets `0x…` through, which is none.) */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isId',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && ID.test(value),
        defaultMessage: (validation) =>
          `${validation?.property ?? 'id'} must be an id of 24 hexadecimal digits`,
      },
    },
    options,
  );
}
