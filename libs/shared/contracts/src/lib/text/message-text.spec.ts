import fc from 'fast-check';

import { MESSAGE_BYTES_MAX, MESSAGE_CHARACTERS_MAX } from '../limits';
import {
  countBytes,
  countCharacters,
  findMessageTextFault,
  normalizeMessageText,
  truncateText,
} from './message-text';

/** Any row of code units: pairs torn apart, control characters, combining marks and line ends included. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\t',
        '\u0000',
        '\uD83D',
        '\uDE00',
        '\u0301',
        '\u200D',
        'e',
        '😀',
        '\u1100',
        '\u1161',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('normalizeMessageText', () => {
  it.each([
    ['composes letters', 'e\u0301', '\u00E9'],
    ['composes Hangul', '\u1112\u1161\u11AB', '\uD55C'],
    ['keeps tabs and line feeds', 'a\tb\nc', 'a\tb\nc'],
    ['makes every line end a line feed', 'a\r\nb\rc', 'a\nb\nc'],
    ['removes control characters', 'a\u0000b\u001B[31mc\u007Fd\u0085e', 'ab[31mcde'],
    ['composes what a control character kept apart', 'e\u0000\u0301', '\u00E9'],
    ['removes a high surrogate without its low one', 'a\uD83Db', 'ab'],
    ['removes a low surrogate without its high one', 'a\uDE00b', 'ab'],
    ['keeps a pair beside an unpaired surrogate', '\uD83D\uD83D\uDE00\uDE00', '\uD83D\uDE00'],
    ['makes no pair out of two that a control character kept apart', '\uD83D\u0000\uDE00', ''],
    ['keeps joiners inside emoji', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['keeps spaces around', '  a  ', '  a  '],
    ['keeps markup', '<b>&amp;</b>', '<b>&amp;</b>'],
  ])('%s', (_behaviour, text, normalized) => {
    expect(normalizeMessageText(text)).toBe(normalized);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalizeMessageText(text);
        expect(normalizeMessageText(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves nothing that UTF-8 or JSON could not carry unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const normalized = normalizeMessageText(text);
        expect(normalized.isWellFormed()).toBe(true);
        expect(new TextDecoder().decode(new TextEncoder().encode(normalized))).toBe(
          normalized.replace(/^\uFEFF/, ''),
        );
        expect(normalized).not.toMatch(/(?![\t\n])\p{Cc}/u);
        expect(normalized).toBe(normalized.normalize('NFC'));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('countCharacters', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['e\u0301', 1],
    ['😀', 1],
    ['👨‍👩‍👧‍👦', 1],
    ['🏳️‍🌈', 1],
    ['🇩🇪🇫🇷', 2],
    ['\r\n', 1],
    ['한글', 2],
  ])('counts %j as people do', (text, count) => {
    expect(countCharacters(text)).toBe(count);
  });
});

describe('countBytes', () => {
  it.each([
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ])('counts %s in UTF-8', (text, count) => {
    expect(countBytes(text)).toBe(count);
  });
});

describe('findMessageTextFault', () => {
  it.each([
    ['a'.repeat(MESSAGE_CHARACTERS_MAX), null],
    ['a'.repeat(MESSAGE_CHARACTERS_MAX + 1), 'too_many_characters'],
    ['😀'.repeat(MESSAGE_CHARACTERS_MAX), null],
    ['a'.repeat(MESSAGE_BYTES_MAX), 'too_many_characters'],
    ['a'.repeat(MESSAGE_BYTES_MAX + 1), 'too_many_bytes'],
    [`a${'\u0301'.repeat(10_000)}`, 'too_many_bytes'],
    ['\u0301'.repeat(9_000), null],
    [' \u200B\n', 'blank'],
    ['\uD83D', 'blank'],
    ['\u0000', 'blank'],
    [' '.repeat(MESSAGE_CHARACTERS_MAX + 1), 'blank'],
  ] as const)('judges the text as it would be stored (%#)', (text, fault) => {
    expect(findMessageTextFault(text)).toBe(fault);
  });

  it('accepts the normalized form of all that it accepts', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(findMessageTextFault(text) === null);
        expect(findMessageTextFault(normalizeMessageText(text))).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('truncateText', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 3, 'too…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 1, '👨‍👩‍👧‍👦…'],
    ['e\u0301e\u0301', 1, 'e\u0301…'],
    ['', 5, ''],
  ])('cuts %j at %d characters as people see them', (text, limit, cut) => {
    expect(truncateText(text, limit)).toBe(cut);
  });
});
