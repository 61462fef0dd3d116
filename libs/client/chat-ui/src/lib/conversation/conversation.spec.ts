import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { displayedMessage, displayedReply } from '../testing/sample-messages';
import { Conversation } from './conversation';

describe('Conversation', () => {
  let fixture: ComponentFixture<Conversation>;
  let element: HTMLElement;

  async function show(inputs: Record<string, unknown>): Promise<void> {
    fixture = TestBed.createComponent(Conversation);
    element = fixture.nativeElement;
    const all = {
      threadId: 'chat',
      status: 'ready',
      messages: [],
      side: 'user',
      emptyHeading: 'Nothing',
      ...inputs,
    };
    for (const [name, value] of Object.entries(all)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  const field = () => element.querySelector('textarea') as HTMLTextAreaElement;

  function sendByEnter(text: string): string[] {
    const sent: string[] = [];
    fixture.componentInstance.send.subscribe((message) => sent.push(message));
    field().value = text;
    field().dispatchEvent(new Event('input'));
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    return sent;
  }

  it('says that it is loading, and holds what is written until it is loaded', async () => {
    await show({ status: 'loading' });
    expect(element.textContent).toContain('Loading the conversation');
    expect(sendByEnter('Hello')).toEqual([]);
    expect(fixture.componentInstance.draft()).toBe('Hello');
  });

  it('says why it could not be loaded, and tries again when asked', async () => {
    await show({ status: 'failed', error: { code: 'network' } });
    let reloads = 0;
    fixture.componentInstance.reload.subscribe(() => reloads++);
    expect(element.textContent).toContain('The server can’t be reached');
    element.querySelector<HTMLButtonElement>('.again')?.click();
    expect(reloads).toBe(1);
  });

  it.each(['not_found', 'forbidden'])('offers nothing where nothing helps: %s', async (code) => {
    await show({ status: 'failed', error: { code } });
    expect(element.querySelector('button, textarea')).toBeNull();
  });

  it.each(['not_found', 'forbidden'])(
    'shows of a chat that is gone what the reader wrote: %s',
    async (code) => {
      const unsent = displayedMessage({ seq: 1, status: 'failed', error: { code: 'not_found' } });
      await show({ status: 'failed', error: { code }, messages: [unsent], draft: 'Half a thought' });
      expect(element.querySelector('[role=log]')?.textContent).toContain(unsent.message.message);
      expect(element.querySelector('.gone')?.textContent).toMatch(/doesn’t exist|may not do that/u);
      expect(field().value).toBe('Half a thought');
      expect(element.textContent).toContain('Nothing can be sent here any more.');
      expect(sendByEnter('Half a thought')).toEqual([]);
      expect(field().value).toBe('Half a thought');
      sendByEnter('');
      await fixture.whenStable();
      expect(field()).not.toBeNull();
    },
  );

  it('invites to write where nothing has been written, and lets write', async () => {
    await show({ emptyHeading: 'How can we help?' });
    expect(element.querySelector('[role=log]')?.textContent).toContain('How can we help?');
    expect(sendByEnter('Hello')).toEqual(['Hello']);
  });

  it('keeps showing messages when a later loading fails', async () => {
    await show({ status: 'failed', error: { code: 'network' }, messages: [displayedMessage({ seq: 1 })] });
    expect(element.querySelector('[role=log]')?.textContent).toContain('Message 1');
  });

  it('puts the text of an overtaken reply back where it was written, before what stands there, and takes it away', async () => {
    const entry = displayedReply({
      seq: 1,
      status: 'failed',
      message: 'I look for them',
      error: { code: 'stale_reply' },
    });
    await show({ messages: [entry], side: 'admin', readerId: 'admin' });
    document.body.append(element);
    const acts: unknown[] = [];
    const { discard, draft } = fixture.componentInstance;
    draft.subscribe((text) => acts.push(text));
    discard.subscribe((discarded) => acts.push(discarded));
    field().value = 'One more thing';
    field().dispatchEvent(new Event('input'));
    acts.length = 0;
    [...element.querySelectorAll('button')].find(({ textContent }) => textContent === 'Edit')?.click();
    await fixture.whenStable();
    // It is safe as a draft before it goes.
    expect(acts).toEqual(['I look for them\n\nOne more thing', entry]);
    expect(field().value).toBe('I look for them\n\nOne more thing');
    expect(document.activeElement).toBe(field());
  });

  it.each([
    [[], ''],
    [['Ada'], 'Ada is typing…'],
    [['Ada', 'Bo'], 'Ada and Bo are typing…'],
    [['Ada', 'Bo', 'Cem'], 'Several people are typing…'],
  ])('says who is typing: %j', async (typingNames, line) => {
    await show({ typingNames });
    expect(element.querySelector('chat-typing-indicator')?.textContent?.trim()).toBe(line);
  });
});
