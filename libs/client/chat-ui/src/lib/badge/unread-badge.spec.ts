import { TestBed } from '@angular/core/testing';

import { UnreadBadge } from './unread-badge';

describe('UnreadBadge', () => {
  it.each([
    [0, 99, null, null],
    [1, 99, '1', '1 unread message'],
    [99, 99, '99', '99 unread messages'],
    [100, 99, '99+', '100 unread messages'],
    [10, 9, '9+', '10 unread messages'],
  ])('shows %p, capped at %p, as %j and says %j', async (count, cap, shown, spoken) => {
    const fixture = TestBed.createComponent(UnreadBadge);
    fixture.componentRef.setInput('count', count);
    fixture.componentRef.setInput('cap', cap);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    expect(element.querySelector('[aria-hidden]')?.textContent ?? null).toBe(shown);
    expect(element.querySelector('.chat-visually-hidden')?.textContent ?? null).toBe(spoken);
  });
});
