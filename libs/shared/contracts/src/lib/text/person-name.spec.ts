import fc from 'fast-check';

import { normalizePersonName } from './person-name';

describe('normalizePersonName', () => {
  it.each([
    ['trims', '  Cora Lane ', 'Cora Lane'],
    ['makes one space of many', 'Cora \t\u00A0\n Lane', 'Cora Lane'],
    ['composes letters', 'Rene\u0301', 'Ren\u00E9'],
    ['removes control characters', 'Cora\u0000\u001BLane', 'CoraLane'],
    ['keeps the case', 'deVille McCoy', 'deVille McCoy'],
  ])('%s', (_behaviour, name, normalized) => {
    expect(normalizePersonName(name)).toBe(normalized);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const once = normalizePersonName(name);
        expect(normalizePersonName(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});
