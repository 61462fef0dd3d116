import { signal } from '@angular/core';
import { TYPING_EXPIRY_MS, type UserTypingDto } from '@elite-chat/contracts';

/** Who writes at this moment. A sign that is not renewed goes by itself: its end may have been lost. */
export class TypingPeople {
  private readonly people = signal<readonly UserTypingDto[]>([]);
  private readonly expiries = new Map<string, ReturnType<typeof setTimeout>>();

  /** Those who write, in the order in which they began. */
  readonly list = this.people.asReadonly();

  /** Takes a sign. */
  receive(typing: UserTypingDto): void {
    const { userId, isTyping } = typing;
    if (!isTyping) {
      this.remove(userId);
      return;
    }
    clearTimeout(this.expiries.get(userId));
    this.expiries.set(
      userId,
      setTimeout(() => this.remove(userId), TYPING_EXPIRY_MS),
    );
    this.people.update((people) =>
      people.some((person) => person.userId === userId)
        ? people.map((person) => (person.userId === userId ? typing : person))
        : [...people, typing],
    );
  }

  /** Somebody stopped, or the message is there. */
  remove(userId: string): void {
    clearTimeout(this.expiries.get(userId));
    this.expiries.delete(userId);
    this.people.update((people) => people.filter((person) => person.userId !== userId));
  }

  /** Nobody writes any more. */
  clear(): void {
    for (const expiry of this.expiries.values()) clearTimeout(expiry);
    this.expiries.clear();
    this.people.set([]);
  }
}
