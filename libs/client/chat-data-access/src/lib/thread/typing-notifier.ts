import { TYPING_REPEAT_MS, TYPING_SILENCE_MS } from '@elite-chat/contracts';

/** Says that we write, as seldom as agreed, and that we stopped. */
export class TypingNotifier {
  private isTyping = false;
  private saidAt = 0;
  private silence: ReturnType<typeof setTimeout> | undefined;

  /** `say` carries the sign to the server. */
  constructor(private readonly say: (isTyping: boolean) => void) {}

  /** To be called at each keystroke. */
  notify(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.stop(), TYPING_SILENCE_MS);
    if (this.isTyping && Date.now() - this.saidAt < TYPING_REPEAT_MS) return;
    this.isTyping = true;
    this.saidAt = Date.now();
    this.say(true);
  }

  /** Says that writing has ended, if it had begun. */
  stop(): void {
    clearTimeout(this.silence);
    if (!this.isTyping) return;
    this.isTyping = false;
    this.say(false);
  }
}
