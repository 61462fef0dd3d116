import { ValidateBy, type ValidationOptions } from 'class-validator';

const ID_LIST = /^[0-9a-f]{24}(,[0-9a-f]{24})*$/i;

/** Characters that an id takes in a list, with the comma. */
const ID_WIDTH = 25;

/** Ids of 24 hexadecimal digits, separated by commas: one to `limit` of them. */
export function IsIdList(limit: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isIdList',
      constraints: [limit],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && value.length < limit * ID_WIDTH && ID_LIST.test(value),
        defaultMessage: (validation) =>
          `${validation?.property ?? 'ids'} must be 1 to ${limit} ids of 24 hexadecimal digits, separated by commas`,
      },
    },
    options,
  );
}
