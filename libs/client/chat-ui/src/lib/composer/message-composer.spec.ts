import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MESSAGE_BYTES_MAX, MESSAGE_CHARACTERS_MAX } from '@elite-chat/contracts';

import { COUNTER_FROM, MessageComposer } from './message-composer';

describe('MessageComposer', () => {
  let fixture: ComponentFixture<MessageComposer>;
  let field: HTMLTextAreaElement;
  let sent: string[];
  let signs: string[];

  beforeEach(async () => {
    fixture = TestBed.createComponent(MessageComposer);
    sent = [];
    signs = [];
    fixture.componentInstance.send.subscribe((text) => sent.push(text));
    fixture.componentInstance.typing.subscribe(() => signs.push('typing'));
    fixture.componentInstance.typingStop.subscribe(() => signs.push('stop'));
    await fixture.whenStable();
    field = fixture.nativeElement.querySelector('textarea');
  });

  async function write(text: string): Promise<void> {
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  function press(options: KeyboardEventInit): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true, ...options });
    field.dispatchEvent(event);
    return event;
  }

  const note = () => fixture.nativeElement.querySelector('.note').textContent;
  const button = (): HTMLButtonElement => fixture.nativeElement.querySelector('button');

  it('sends with Enter and empties the field', async () => {
    await write('Where are my photos?');
    expect(press({}).defaultPrevented).toBe(true);
    await fixture.whenStable();
    expect(sent).toEqual(['Where are my photos?']);
    expect(field.value).toBe('');
  });

  it('breaks the line with Shift+Enter', async () => {
    await write('Two');
    expect(press({ shiftKey: true }).defaultPrevented).toBe(false);
    expect(sent).toEqual([]);
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])(
    'sends nothing while a character is composed: %j',
    async (options) => {
      await write('にほん');
      expect(press(options).defaultPrevented).toBe(false);
      expect(sent).toEqual([]);
      expect(field.value).toBe('にほん');
    },
  );

  it('sends with the button and keeps the focus in the field', async () => {
    document.body.append(fixture.nativeElement);
    await write('Hello');
    button().click();
    expect(sent).toEqual(['Hello']);
    expect(document.activeElement).toBe(field);
  });

  it.each(['', '   ', '\n\n'])('sends nothing of %j', async (text) => {
    await write(text);
    press({});
    expect(sent).toEqual([]);
    expect(button().getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps the text while sending is not possible', async () => {
    fixture.componentRef.setInput('canSend', false);
    await write('Hello');
    press({});
    await fixture.whenStable();
    expect(sent).toEqual([]);
    expect(field.value).toBe('Hello');
  });

  it('sends what was to be sent as soon as that is possible, once', async () => {
    fixture.componentRef.setInput('canSend', false);
    await write('Hello');
    press({});
    press({});
    fixture.componentRef.setInput('canSend', true);
    await fixture.whenStable();
    expect(sent).toEqual(['Hello']);
    expect(field.value).toBe('');
  });

  it('does not send what was written on after that', async () => {
    fixture.componentRef.setInput('canSend', false);
    await write('Hello');
    press({});
    await write('Hello, I');
    fixture.componentRef.setInput('canSend', true);
    await fixture.whenStable();
    expect(sent).toEqual([]);
    expect(field.value).toBe('Hello, I');
  });

  it('takes a text back, and sends it no more by itself', async () => {
    document.body.append(fixture.nativeElement);
    fixture.componentInstance.putBack('Back again');
    await fixture.whenStable();
    expect([field.value, document.activeElement]).toEqual(['Back again', field]);
    fixture.componentRef.setInput('canSend', false);
    press({});
    fixture.componentInstance.putBack('Another');
    fixture.componentRef.setInput('canSend', true);
    await fixture.whenStable();
    expect([field.value, sent]).toEqual(['Another\n\nBack again', []]);
  });

  it('counts what is left near the limit, in characters as people see them', async () => {
    await write('a'.repeat(MESSAGE_CHARACTERS_MAX - COUNTER_FROM - 1));
    expect(note()).toBe('');
    await write('a'.repeat(MESSAGE_CHARACTERS_MAX - COUNTER_FROM));
    expect(note()).toBe(`${COUNTER_FROM} characters left`);
    await write('😀'.repeat(MESSAGE_CHARACTERS_MAX));
    expect(note()).toBe('0 characters left');
  });

  it('says by how much a text is too long, and neither sends nor loses it', async () => {
    const text = 'a'.repeat(MESSAGE_CHARACTERS_MAX + 3);
    await write(text);
    expect(note()).toBe('Too long by 3 characters');
    press({});
    expect(sent).toEqual([]);
    expect(field.value).toBe(text);
  });

  it('says by how many bytes a text of few characters is too long', async () => {
    const family = '👨‍👩‍👧‍👦';
    await write(family.repeat(MESSAGE_BYTES_MAX / 25 + 1));
    expect(note()).toBe('Too long by 25 bytes');
    press({});
    expect(sent).toEqual([]);
  });

  it('does not count a text that is much too long', async () => {
    await write('a'.repeat(1_000_000));
    expect(note()).toBe('Much too long: at most 5,000 characters can be sent');
  });

  it('tells that somebody writes, and that writing has ended', async () => {
    await write('H');
    await write('He');
    await write('');
    field.dispatchEvent(new Event('blur'));
    expect(signs).toEqual(['typing', 'typing', 'stop', 'stop']);
  });

  it('shows the draft it is given and hands back what becomes of it', async () => {
    fixture.componentRef.setInput('text', 'A draft');
    await fixture.whenStable();
    expect(field.value).toBe('A draft');
    const drafts: string[] = [];
    fixture.componentInstance.text.subscribe((draft) => drafts.push(draft));
    await write('A draft of mine');
    expect(drafts).toEqual(['A draft of mine']);
  });
});
