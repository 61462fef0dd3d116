import { Clipboard } from '@angular/cdk/clipboard';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { MessageDto } from '@elite-chat/contracts';
import { aMessage, anAnswer, anAssignment } from '@elite-chat/testing';

import { displayedMessage } from '../testing/sample-messages';
import { MessageBubble } from './message-bubble';

describe('MessageBubble', () => {
  let fixture: ComponentFixture<MessageBubble>;
  let element: HTMLElement;

  async function show(inputs: Record<string, unknown>): Promise<void> {
    fixture = TestBed.createComponent(MessageBubble);
    element = fixture.nativeElement;
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  const meta = () => element.querySelector('.meta')?.textContent ?? '';

  it('shows a text as it was written, markup and line breaks included', async () => {
    const text = '<b>bold</b>\n  & <img src=x onerror="alert(1)">';
    await show({ entry: displayedMessage({ seq: 1, message: text }) });
    expect(element.querySelector('.text')?.textContent).toBe(text);
    expect(element.querySelector('b, img')).toBeNull();
  });

  it('opens links in a new window that knows nothing of this one', async () => {
    await show({ entry: displayedMessage({ seq: 1, message: 'See https://example.com/sets.' }) });
    const link = element.querySelector('a');
    expect(link?.href).toBe('https://example.com/sets');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toContain('noopener');
    expect(element.querySelector('.text')?.textContent).toBe('See https://example.com/sets.');
  });

  it.each([
    ['sending', { status: 'sending' as const }, false, 'Sending'],
    ['sent', {}, false, 'Sent'],
    ['read', {}, true, 'Read'],
  ])('says of an own message that it is %s', async (_state, changes, isRead, label) => {
    await show({ entry: displayedMessage({ seq: 1, ...changes }), isOwn: true, isRead });
    expect(meta()).toContain(label);
  });

  it('says nothing of the kind of a message of the other side', async () => {
    await show({ entry: displayedMessage({ seq: 1 }), isOwn: false, isRead: true });
    expect(meta()).not.toMatch(/Sent|Read/u);
  });

  it('shows the time at the end of a group only', async () => {
    const entry = displayedMessage({ seq: 1 });
    await show({ entry, isLast: false });
    expect(element.querySelector('time')).toBeNull();
    await show({ entry, isLast: true });
    expect(element.querySelector('time')?.getAttribute('datetime')).toBe(entry.message.createdAt);
  });

  it('says why a message failed, and offers to copy, to send it again or to discard it', async () => {
    const copy = jest.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    await show({
      entry: displayedMessage({ seq: 1, status: 'failed', error: { code: 'chat_closed' } }),
      isOwn: true,
    });
    const acts: string[] = [];
    fixture.componentInstance.retry.subscribe(() => acts.push('retry'));
    fixture.componentInstance.discard.subscribe(() => acts.push('discard'));
    expect(element.querySelector('.failure')?.textContent).toContain('Not sent. This conversation is closed');
    element.querySelectorAll('button').forEach((button) => button.click());
    expect(acts).toEqual(['retry', 'discard']);
    expect(copy).toHaveBeenCalledWith('Message 1');
    await fixture.whenStable();
    expect(element.querySelector('button')?.textContent).toBe('Copied');
  });

  describe('of a reply that another admin was faster than', () => {
    const own = {
      seq: 3,
      sender: 'ada',
      senderName: 'Ada Moss',
      senderRole: 'admin',
      status: 'failed',
    } as const;
    const meanwhile = [
      aMessage({ seq: 4, message: 'Are you there?' }),
      anAnswer({ seq: 5, sender: 'bo', senderName: 'Bo Lind', message: '<i>On</i> their way' }),
      anAssignment({ seq: 6 }),
      anAnswer({ seq: 7, sender: 'ada', message: 'From my phone' }),
    ];
    const overtaken = (messages: readonly MessageDto[]) =>
      show({ entry: displayedMessage({ ...own, error: { code: 'stale_reply', messages } }), isOwn: true });

    it('keeps its text, says who has answered, and shows what people have written meanwhile', async () => {
      await overtaken(meanwhile);
      expect(element.querySelector('.bubble .text')?.textContent).toBe('Message 3');
      expect(element.querySelector('.reason')?.textContent).toContain('Bo Lind has answered meanwhile.');
      const group = element.querySelector<HTMLElement>('[role=group]');
      expect([group?.getAttribute('aria-label'), group?.tabIndex]).toEqual(['Written meanwhile', 0]);
      expect([...(group?.querySelectorAll('.text') ?? [])].map(({ textContent }) => textContent)).toEqual([
        'Are you there?',
        '<i>On</i> their way',
        'From my phone',
      ]);
      expect(element.querySelector('i, .failure')).toBeNull();
    });

    it('lets its writer choose', async () => {
      await overtaken(meanwhile);
      const acts: string[] = [];
      const { retry, edit, discard } = fixture.componentInstance;
      retry.subscribe(() => acts.push('retry'));
      edit.subscribe(() => acts.push('edit'));
      discard.subscribe(() => acts.push('discard'));
      const buttons = [...element.querySelectorAll('button')];
      expect(buttons.map(({ textContent }) => textContent)).toEqual(['Send anyway', 'Edit', 'Discard']);
      for (const button of buttons) button.click();
      expect(acts).toEqual(['retry', 'edit', 'discard']);
    });

    it('says it without a name where the answer is not among what was told', async () => {
      await overtaken([]);
      expect(element.querySelector('.reason')?.textContent).toContain(
        'Somebody else has answered meanwhile.',
      );
      expect(element.querySelector('[role=group]')).toBeNull();
      expect(element.querySelectorAll('button')).toHaveLength(3);
    });
  });
});
