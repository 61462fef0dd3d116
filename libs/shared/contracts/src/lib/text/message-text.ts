import { MESSAGE_BYTES_MAX, MESSAGE_CHARACTERS_MAX } from '../limits';

/** Control characters other than tab and line feed. */
const CONTROL_CHARACTERS = /(?![\t\n])\p{Cc}/gu;

const INVISIBLE_ONLY = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

const encoder = new TextEncoder();

let segmenter: Intl.Segmenter | undefined;

/** Why a text can't be a message; `null` when it can. */
export type MessageTextFault = 'blank' | 'too_many_characters' | 'too_many_bytes' | null;

/**
 * The form in which a message is stored and compared: line ends as `\n`, no unpaired surrogates, no
 * control characters, Unicode NFC. Idempotent.
 */
export function normalizeMessageText(text: string): string {
  return removeUnpairedSurrogates(text)
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL_CHARACTERS, '')
    .normalize('NFC');
}

/** Number of characters as people see them: grapheme clusters (Unicode Standard Annex 29). */
export function countCharacters(text: string): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let count = 0;
  for (const _segment of segmenter.segment(text)) count++;
  return count;
}

/** The beginning of a text, at most `limit` characters as people see them, with an ellipsis where it was cut. */
export function truncateText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let count = 0;
  for (const { index } of segmenter.segment(text)) {
    if (count === limit) return `${text.slice(0, index)}…`;
    count++;
  }
  return text;
}

/** Size in bytes of UTF-8. */
export function countBytes(text: string): number {
  return encoder.encode(text).length;
}

/**
 * What is wrong with a text, once normalized. Bytes are looked at first: counting graphemes of an
 * unbounded text would be work that anybody could ask for.
 */
export function findMessageTextFault(text: string): MessageTextFault {
  // Also as written: composing combining marks may bring a text that is too large just under the limit.
  if (text.length > MESSAGE_BYTES_MAX || countBytes(text) > MESSAGE_BYTES_MAX) return 'too_many_bytes';
  const normalized = normalizeMessageText(text);
  if (countBytes(normalized) > MESSAGE_BYTES_MAX) return 'too_many_bytes';
  if (INVISIBLE_ONLY.test(normalized)) return 'blank';
  if (normalized.length > MESSAGE_CHARACTERS_MAX && countCharacters(normalized) > MESSAGE_CHARACTERS_MAX) {
    return 'too_many_characters';
  }
  return null;
}

function removeUnpairedSurrogates(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}
