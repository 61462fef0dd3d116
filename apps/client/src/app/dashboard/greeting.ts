import type { MessageKey, Translate } from '@elite-chat/i18n';

/** A greeting for the time of day, with the first name where there is one. */
export function greetingAt(now: Date, name: string, t: Translate): string {
  const greeting = t(greetingOf(now.getHours()));
  const firstName = name.split(/\s+/u)[0];
  return firstName ? t('greeting.withName', { greeting, name: firstName }) : greeting;
}

function greetingOf(hour: number): MessageKey {
  if (hour < 5) return 'greeting.night';
  if (hour < 12) return 'greeting.morning';
  return hour < 18 ? 'greeting.afternoon' : 'greeting.evening';
}
