import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { aChat } from '@elite-chat/testing';

import { ChatDetails } from './chat-details';

describe('ChatDetails', () => {
  let fixture: ComponentFixture<ChatDetails>;

  async function show(inputs: Record<string, unknown>): Promise<HTMLElement> {
    fixture = TestBed.createComponent(ChatDetails);
    for (const [name, value] of Object.entries({ readerId: 'ada', ...inputs })) {
      fixture.componentRef.setInput(name, value);
    }
    await fixture.whenStable();
    return fixture.nativeElement;
  }

  const take = () =>
    fixture.nativeElement.querySelector('button[matButton="tonal"]') as HTMLButtonElement | null;

  it('says who the customer is and since when, and where to write', async () => {
    const element = await show({ chat: aChat({ createdAt: '2026-03-02T12:00:00.000Z' }) });
    expect(element.textContent).toContain('Cora Lane');
    expect(element.textContent).toContain('March 2, 2026');
    expect(element.querySelector('a')?.getAttribute('href')).toBe('mailto:cora@example.com');
  });

  it.each([
    [null, 'Nobody yet', true],
    [{ id: 'bo', name: 'Bo Lind' }, 'Bo Lind', true],
    [{ id: 'ada', name: 'Ada Moss' }, 'You', false],
  ])(
    'says who answers, and offers to take over what is not one’s own: %j',
    async (admin, words, isOffered) => {
      const element = await show({ chat: aChat({ admin }) });
      expect([...element.querySelectorAll('dd')].map((line) => line.textContent.trim())).toContain(words);
      expect(take() !== null).toBe(isOffered);
    },
  );

  it.each([
    [null, null],
    [{ id: 'bo', name: 'Bo Lind' }, 'Unassign'],
    [{ id: 'ada', name: 'Ada Moss' }, 'Unassign'],
  ])('offers to let nobody be assigned where somebody is: %j', async (admin, words) => {
    const element = await show({ chat: aChat({ admin }) });
    const button = element.querySelector<HTMLButtonElement>('button[matButton=""]');
    expect(button?.textContent?.trim() ?? null).toBe(words);
  });

  it('keeps the focus when what was pressed is done and gone', async () => {
    const element = await show({ chat: aChat({ admin: { id: 'ada', name: 'Ada Moss' } }) });
    document.body.append(element);
    let left = 0;
    fixture.componentInstance.unassign.subscribe(() => left++);
    const button = element.querySelector<HTMLButtonElement>('.acts button');
    button?.focus();
    button?.click();
    expect(left).toBe(1);
    fixture.componentRef.setInput('chat', aChat());
    await fixture.whenStable();
    expect(document.activeElement?.textContent?.trim()).toBe('Assign to me');
  });

  it('asks to be assigned once, and says why that failed', async () => {
    const element = await show({ chat: aChat(), failure: 'Not assigned.' });
    let taken = 0;
    fixture.componentInstance.take.subscribe(() => taken++);
    take()?.click();
    expect(taken).toBe(1);
    expect(element.querySelector('[role=alert]')?.textContent).toBe('Not assigned.');
  });
});
