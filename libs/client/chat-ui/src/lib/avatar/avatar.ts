import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

const TONES = 6;

/** A person's initials on a tone that stays the same for the same name. Decorative: the name stands beside it. */
@Component({
  selector: 'chat-avatar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ initials() }}`,
  styleUrl: './avatar.scss',
  host: { 'aria-hidden': 'true', '[class]': 'tone()' },
})
export class Avatar {
  /** The person's name */
  readonly name = input.required<string>();

  protected readonly initials = computed(() => initialsOf(this.name()));
  protected readonly tone = computed(() => `tone-${toneOf(this.name())}`);
}

/** The first letters of the first and the last word, upper case. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word ? ([...word][0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
}

function toneOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % TONES;
}
