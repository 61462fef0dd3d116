import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { de } from './de';
import { en } from './en';

const WORKSPACE = join(__dirname, '../../../../../..');
const ENGLISH: Readonly<Record<string, string>> = en;
const GERMAN: Readonly<Record<string, string>> = de;

/** The source of the client, without the words themselves and the specs. */
function readSource(): string {
  const files = globSync('{apps/client/src,libs/client/*/src}/**/*.{ts,html}', { cwd: WORKSPACE });
  return files
    .filter((file) => !file.includes('i18n/src/lib/words') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(WORKSPACE, file), 'utf8'))
    .join('\n');
}

function parametersOf(text = ''): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? '').sort();
}

describe('the words', () => {
  it('are the same keys in every language, in the same order', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en));
  });

  it.each(Object.keys(en))('%s takes the same parameters in every language and is nowhere empty', (key) => {
    expect(parametersOf(GERMAN[key])).toEqual(parametersOf(ENGLISH[key]));
    expect([ENGLISH[key]?.trim(), GERMAN[key]?.trim()]).not.toContain('');
  });

  it('have both forms wherever they go by a number', () => {
    const forms = (form: string) =>
      Object.keys(en)
        .filter((key) => key.endsWith(`.${form}`) && !key.startsWith('typing.'))
        .map((key) => key.slice(0, -form.length - 1));
    expect(forms('one')).toEqual(forms('other'));
  });

  it('are all used', () => {
    const source = readSource();
    const unused = Object.keys(en).filter((key) => {
      const name = key.replace(/\.(one|other)$/u, '');
      return ![`'${key}'`, `'${name}'`, `"${name}"`].some((use) => source.includes(use));
    });
    expect(unused).toEqual([]);
  });
});
