import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Refuses a field that is given together with `other`. */
export function IsAloneWithout(other: string, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isAloneWithout',
      validator: {
        validate: (_value, validation) => !validation || Reflect.get(validation.object, other) === undefined,
        defaultMessage: (validation) =>
          `${validation?.property ?? 'field'} must not be given together with ${other}`,
      },
    },
    options,
  );
}
