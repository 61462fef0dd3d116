import fc from 'fast-check';

import { holdOrder } from './held-order';

describe('holdOrder', () => {
  it.each([
    ['nothing has changed', 'abc', 'abc', 'abc', 0],
    ['one moves up', 'abc', 'cab', 'abc', 1],
    ['two move up', 'abcd', 'dbac', 'abcd', 2],
    ['a new one comes', 'abc', 'xabc', 'abc', 1],
    ['older ones are loaded', 'abc', 'abcde', 'abcde', 0],
    ['one is gone', 'abc', 'ac', 'ac', 0],
    ['all is new', '', 'abc', 'abc', 0],
  ])('when %s', (_what, shown, wanted, ids, moved) => {
    expect(holdOrder([...shown], [...wanted])).toEqual({ ids: [...ids], moved });
  });

  it('never moves a row that stays, and shows all that was shown', () => {
    const order = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
    fc.assert(
      fc.property(order, order, (shown, wanted) => {
        const { ids, moved } = holdOrder(shown, wanted);
        expect(ids.slice(0, shown.length).filter((id) => shown.includes(id))).toEqual(
          shown.filter((id) => wanted.includes(id)),
        );
        expect(new Set(ids).size).toBe(ids.length);
        // Nothing to tell means that nothing is hidden or out of place.
        if (moved === 0) expect(ids).toEqual(wanted);
      }),
    );
  });
});
