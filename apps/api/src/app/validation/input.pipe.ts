import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

import { type InputType, validateInput } from './validate-input';

const INTEGER = /^-?\d{1,16}$/;

/**
 * Validates every body, query and parameter object that is declared as a DTO of the contract. Text
 * becomes a number only in queries, only where the DTO says integer: nothing else is ever converted.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || !metatype) return value;
    const rules = validationRules(metatype);
    if (rules.length === 0) return value;
    const integerFields = new Set(
      rules.filter((rule) => rule.name === 'isInt').map((rule) => rule.propertyName),
    );
    return validateInput(
      metatype as InputType<object>,
      type === 'query' ? withIntegers(value, integerFields) : value,
    );
  }
}

function validationRules(metatype: NonNullable<ArgumentMetadata['metatype']>) {
  return getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false);
}

function withIntegers(query: unknown, integerFields: ReadonlySet<string>): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(
    Object.entries(query).map(([field, value]) => [
      field,
      integerFields.has(field) && typeof value === 'string' && INTEGER.test(value) ? Number(value) : value,
    ]),
  );
}
