import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { ConnectionBanner, type ShownConnection } from './connection-banner';

describe('ConnectionBanner', () => {
  let fixture: ComponentFixture<ConnectionBanner>;

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    fixture = TestBed.createComponent(ConnectionBanner);
  });

  afterEach(() => jest.useRealTimers());

  function show(state: ShownConnection, retryAt: number | null = null): void {
    fixture.componentRef.setInput('state', state);
    fixture.componentRef.setInput('retryAt', retryAt);
    fixture.detectChanges();
  }

  function pass(ms: number): void {
    jest.advanceTimersByTime(ms);
    fixture.detectChanges();
  }

  const text = () => fixture.nativeElement.textContent.trim();

  it('says nothing while connected, nor of a short break', () => {
    show('connected');
    pass(60_000);
    expect(text()).toBe('');
    show('connecting');
    pass(500);
    show('connected');
    pass(60_000);
    expect(text()).toBe('');
  });

  it('counts down to the next try', () => {
    show('waiting', 1_000_000 + 8_000);
    pass(2_000);
    expect(text()).toContain('Trying again in 6 s');
    pass(3_000);
    expect(text()).toContain('Trying again in 3 s');
  });

  it('lets the reader try at once', () => {
    let tries = 0;
    fixture.componentInstance.retry.subscribe(() => tries++);
    show('waiting', 1_000_000 + 8_000);
    pass(2_000);
    fixture.nativeElement.querySelector('button').click();
    expect(tries).toBe(1);
  });

  it('keeps the focus when the button that had it goes away', () => {
    document.body.append(fixture.nativeElement);
    show('waiting', 1_000_000 + 8_000);
    pass(2_000);
    fixture.nativeElement.querySelector('button').click();
    show('connecting');
    expect(document.activeElement).toBe(fixture.nativeElement);
  });

  it('is gone as soon as there is a connection', () => {
    show('waiting', 1_000_000 + 8_000);
    pass(2_000);
    show('connected');
    fixture.detectChanges();
    expect(text()).toBe('');
  });

  it('leaves no timer behind', () => {
    show('waiting', 1_000_000 + 8_000);
    fixture.destroy();
    expect(jest.getTimerCount()).toBe(0);
  });
});
