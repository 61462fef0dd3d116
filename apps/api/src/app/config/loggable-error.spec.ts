import { loggableError } from './loggable-error';

describe('an error in the log', () => {
  it('has what tells where it came from, down to its causes', () => {
    const error = Object.assign(new TypeError('outer', { cause: new RangeError('inner') }), {
      code: 'E_CODE',
    });
    expect(loggableError(error)).toEqual({
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('loggable-error.spec'),
      code: 'E_CODE',
      cause: { type: 'RangeError', message: 'inner', stack: expect.any(String) },
    });
  });

  it('has none of what a driver hangs on it', () => {
    const error = Object.assign(new Error('E11000'), {
      writeErrors: [{ op: { message: 'a text' } }],
      op: 'a text',
    });
    expect(JSON.stringify(loggableError(error))).not.toContain('a text');
  });

  it('that is none is told by its type only', () => {
    expect(loggableError('a text')).toBe('string');
  });

  it('that causes itself has an end', () => {
    const error = new Error('again');
    error.cause = error;
    expect(JSON.stringify(loggableError(error)).match(/again/g)?.length).toBeLessThan(20);
  });
});
