import fc from 'fast-check';

import { splitTextIntoParts } from './text-parts';

const links = (text: string) =>
  splitTextIntoParts(text).flatMap((part) => (part.kind === 'link' ? [part] : []));

describe('splitTextIntoParts', () => {
  it.each([
    ['see https://example.com/a?b=c#d now', 'https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['www.example.com is it', 'www.example.com', 'https://www.example.com/'],
    ['(https://example.com/set_(1))', 'https://example.com/set_(1)', 'https://example.com/set_(1)'],
    ['Is it https://example.com/x?', 'https://example.com/x', 'https://example.com/x'],
    ['HTTP://EXAMPLE.COM.', 'HTTP://EXAMPLE.COM', 'http://example.com/'],
  ])('finds the link in %j', (text, shown, href) => {
    expect(links(text)).toEqual([{ kind: 'link', text: shown, href }]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com',
    'https://',
    'www.',
    'mailto:a@b.c',
    '',
  ])('makes no link of %j', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('keeps markup as text', () => {
    expect(splitTextIntoParts('<a href="https://example.com">x</a>').map(({ text }) => text)).toEqual([
      '<a href="',
      'https://example.com',
      '">x</a>',
    ]);
  });

  it('loses nothing and links to nothing but web pages, whatever the text', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http://',
      'www.',
      'a.b',
      '/',
      '(',
      ')',
      '.',
      ' ',
      '\n',
      '[',
      '😀',
      'javascript:',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' }))), (words) => {
        const text = words.join('');
        const parts = splitTextIntoParts(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts) if (part.kind === 'link') expect(part.href).toMatch(/^https?:\/\/[^/]/u);
      }),
    );
  });
});
