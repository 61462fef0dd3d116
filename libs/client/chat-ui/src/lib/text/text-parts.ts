/** A piece of a message: plain text, or a link with its address. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** Addresses with a scheme we open, or beginning with `www.`; no other scheme ever becomes a link. */
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'`\u2028\u2029]+/giu;

/**
 * Splits a text into plain parts and links, in order; joined they are the text again. Links are made of
 * parts, never of markup, so whatever somebody writes stays text.
 */
export function splitTextIntoParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutClosingPunctuation(match[0]);
    const href = toHref(address);
    if (!href) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function toHref(address: string): string | null {
  const candidate = /^www\./iu.test(address) ? `https://${address}` : address;
  return URL.parse(candidate)?.href ?? null;
}

/** Takes away what belongs to the sentence around an address: final marks, and brackets that it does not open. */
function withoutClosingPunctuation(address: string): string {
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? '';
    if (/[.,;:!?…*_~]/u.test(last)) end--;
    else if (last === ')' && isUnopened(address.slice(0, end), '(', ')')) end--;
    else if (last === ']' && isUnopened(address.slice(0, end), '[', ']')) end--;
    else if (last === '}' && isUnopened(address.slice(0, end), '{', '}')) end--;
    else return address.slice(0, end);
  }
}

function isUnopened(address: string, opening: string, closing: string): boolean {
  return address.split(closing).length > address.split(opening).length;
}
