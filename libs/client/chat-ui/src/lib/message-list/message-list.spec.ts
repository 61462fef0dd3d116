import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { anAnswer } from '@elite-chat/testing';

import { displayedMessage, displayedReply } from '../testing/sample-messages';
import { LaidOutBox } from '../testing/laid-out-box';
import type { DisplayedMessage } from '../thread/displayed-message';
import { type ThreadEdge, WHOLE_EDGE } from '../thread/thread-edge';
import { MessageList } from './message-list';

/** Every line is 50 px high, the box 500. */
const LINE_PX = 50;
const BOX_PX = 500;

const MORE: ThreadEdge = { hasMore: true, isLoading: false, error: null };

describe('MessageList', () => {
  let fixture: ComponentFixture<MessageList>;
  let box: HTMLElement;
  let laidOut: LaidOutBox;
  let older: number;

  const end = () => laidOut.end;
  const pill = (): HTMLButtonElement | null => fixture.nativeElement.querySelector('.to-end');

  beforeEach(() => {
    fixture = TestBed.createComponent(MessageList);
    box = fixture.nativeElement.querySelector('[role=log]');
    laidOut = new LaidOutBox(box, BOX_PX, () => LINE_PX);
    older = 0;
    fixture.componentInstance.olderWanted.subscribe(() => older++);
  });

  afterEach(() => jest.restoreAllMocks());

  async function show(
    messages: readonly DisplayedMessage[],
    inputs: Record<string, unknown> = {},
  ): Promise<void> {
    const all = { threadId: 'chat', side: 'user', readerId: 'customer', ...inputs, messages };
    for (const [name, value] of Object.entries(all)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  async function scrollTo(top: number): Promise<void> {
    laidOut.scrollTo(top);
    await fixture.whenStable();
  }

  const replies = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => displayedReply({ seq: from + index }));

  it('is a log with a name, reached by the keyboard', async () => {
    await show(replies(1, 2));
    expect([box.getAttribute('aria-label'), box.tabIndex]).toEqual(['Conversation', 0]);
  });

  it('follows the end for a reader who is there', async () => {
    await show(replies(1, 40));
    await scrollTo(end());
    await show(replies(1, 41));
    expect(box.scrollTop).toBe(end());
    expect(pill()).toBeNull();
  });

  it('leaves a reader further up where they are, counts what came, and goes there when asked', async () => {
    await show(replies(1, 40));
    await scrollTo(700);
    await show(replies(1, 42));
    expect(box.scrollTop).toBe(700);
    expect(pill()?.textContent).toContain('2 new');
    pill()?.click();
    await fixture.whenStable();
    expect(box.scrollTop).toBe(end());
    expect(pill()).toBeNull();
  });

  it('goes to the end with a message of one’s own', async () => {
    await show(replies(1, 40));
    await scrollTo(700);
    await show([...replies(1, 40), displayedMessage({ seq: 41, status: 'sending' })]);
    expect(box.scrollTop).toBe(end());
  });

  it('keeps what is read in its place while older messages come in above it, and new ones below', async () => {
    await show(replies(51, 100), { older: MORE });
    await scrollTo(110);
    const before = laidOut.inView;
    await show(replies(1, 101), { older: WHOLE_EDGE });
    expect(laidOut.inView).toEqual(before);
    expect(laidOut.scrollHeight).toBe(102 * LINE_PX);
    expect(pill()?.textContent).toContain('1 new');
  });

  it('asks for older messages near the beginning, once at a time, and not after a failure', async () => {
    await show(replies(51, 100), { older: MORE });
    older = 0;
    await scrollTo(1_200);
    expect(older).toBe(0);
    await scrollTo(100);
    expect(older).toBe(1);
    await show(replies(51, 100), { older: { ...MORE, isLoading: true } });
    await scrollTo(50);
    expect(older).toBe(1);
    await show(replies(51, 100), { older: { ...MORE, error: { code: 'network' } } });
    await scrollTo(40);
    expect(older).toBe(1);
    fixture.nativeElement.querySelector('.again').click();
    expect(older).toBe(2);
  });

  it('asks for older messages when what is loaded does not fill the box', async () => {
    await show(replies(51, 52), { older: MORE });
    expect(older).toBeGreaterThan(0);
  });

  it('begins another thread at its end', async () => {
    await show(replies(1, 40));
    await scrollTo(300);
    await show(replies(101, 160), { threadId: 'another' });
    expect(box.scrollTop).toBe(end());
    expect(pill()).toBeNull();
  });

  it('says whether the reader sees the end', async () => {
    const seen: boolean[] = [];
    fixture.componentInstance.atEndChange.subscribe((atEnd) => seen.push(atEnd));
    await show(replies(1, 40));
    expect(seen.at(-1)).toBe(true);
    await scrollTo(300);
    expect(seen.at(-1)).toBe(false);
    await scrollTo(end());
    expect(seen.at(-1)).toBe(true);
  });

  it('names those who speak, but not the reader', async () => {
    await show([displayedMessage({ seq: 1 }), displayedReply({ seq: 2 })]);
    const names = [...box.querySelectorAll('.sender')].map((name) => name.textContent);
    expect(names).toEqual(['Ada Moss']);
  });

  it('tells who doesn’t see it that a reply was overtaken, once it is', async () => {
    const reply = { seq: 2, sender: 'ada', senderName: 'Ada Moss', senderRole: 'admin' } as const;
    const messages = [anAnswer({ sender: 'bo', senderName: 'Bo Lind' })];
    const reader = { side: 'admin', readerId: 'ada' };
    const spoken = () => fixture.nativeElement.querySelector('chat-spoken-arrivals').textContent.trim();
    await show([displayedMessage({ seq: 1 }), displayedMessage({ ...reply, status: 'sending' })], reader);
    expect(spoken()).toBe('');
    const refused = displayedMessage({
      ...reply,
      status: 'failed',
      error: { code: 'stale_reply', messages },
    });
    await show([displayedMessage({ seq: 1 }), refused], reader);
    expect(spoken()).toContain('Bo Lind has answered meanwhile. Your reply was not sent');
  });

  it('passes on which message to send again and which to discard', async () => {
    const failed = displayedMessage({ seq: 1, status: 'failed', error: { code: 'validation_failed' } });
    const acts: unknown[] = [];
    fixture.componentInstance.retry.subscribe((entry) => acts.push(['retry', entry]));
    fixture.componentInstance.discard.subscribe((entry) => acts.push(['discard', entry]));
    await show([failed]);
    box.querySelectorAll<HTMLButtonElement>('.act').forEach((button) => button.click());
    expect(acts).toEqual([
      ['retry', failed],
      ['discard', failed],
    ]);
  });
});
