import { ChatListQueryDto, MarkReadDto, SendMessagePayloadDto } from '@elite-chat/contracts';

import { InputPipe } from './input.pipe';
import { validateInput } from './validate-input';

const CHAT_ID = '665f1f77bcf86cd799439013';

describe('the validation of input', () => {
  const detailsOf = (input: unknown) => {
    try {
      validateInput(SendMessagePayloadDto, input);
      return null;
    } catch (error) {
      return error;
    }
  };

  it('gives an instance with the declared fields', () => {
    const dto = validateInput(SendMessagePayloadDto, { chatId: CHAT_ID, message: 'Hello' });
    expect(dto).toBeInstanceOf(SendMessagePayloadDto);
    expect(dto).toEqual({ chatId: CHAT_ID, message: 'Hello' });
  });

  it.each([
    ['an object where a string belongs', { chatId: CHAT_ID, message: { $gt: '' } }, 'message'],
    ['an operator for an id', { chatId: { $ne: null }, message: 'x' }, 'chatId'],
    ['an unknown field', { chatId: CHAT_ID, message: 'x', admin: true }, 'admin'],
    ['__proto__', JSON.parse(`{"chatId":"${CHAT_ID}","message":"x","__proto__":{"a":1}}`), '__proto__'],
    ['constructor', { chatId: CHAT_ID, message: 'x', constructor: null }, 'constructor'],
    ['an inherited name', { chatId: CHAT_ID, message: 'x', hasOwnProperty: 1 }, 'hasOwnProperty'],
    ['a missing field', { chatId: CHAT_ID }, 'message'],
    ['an array', [], 'body'],
    ['null', null, 'body'],
    ['a string', 'hello', 'body'],
  ])('refuses %s and names the field', (_name, input, field) => {
    expect(detailsOf(input)).toMatchObject({
      code: 'validation_failed',
      details: [{ field, message: expect.any(String) }],
    });
  });

  it('takes null and a missing input for absent', () => {
    expect(validateInput(MarkReadDto, { seq: null })).toEqual({});
    expect(validateInput(MarkReadDto, undefined)).toEqual({});
    expect(validateInput(ChatListQueryDto, { limit: null })).toEqual({ limit: 50 });
  });

  it('cuts the name of an unknown field that is very long', () => {
    expect(detailsOf({ ['x'.repeat(10_000)]: 1 })).toMatchObject({ details: [{ field: 'x'.repeat(100) }] });
  });

  it('reads integers from queries only, and only where they belong', () => {
    const pipe = new InputPipe();
    expect(pipe.transform({ limit: '7' }, { type: 'query', metatype: ChatListQueryDto })).toEqual({
      limit: 7,
    });
    for (const limit of ['101', '0', '', '1.5', '1e1', ' 7', ['1', '2'], '1000000000000000']) {
      expect(() => pipe.transform({ limit }, { type: 'query', metatype: ChatListQueryDto })).toThrow(
        expect.objectContaining({ details: [expect.objectContaining({ field: 'limit' })] }),
      );
    }
    expect(() => pipe.transform({ seq: '7' }, { type: 'body', metatype: MarkReadDto })).toThrow();
  });
});
