import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { MessagePreview } from './message-preview';

describe('MessagePreview', () => {
  let fixture: ComponentFixture<MessagePreview>;

  beforeEach(async () => {
    fixture = TestBed.createComponent(MessagePreview);
    fixture.componentRef.setInput('name', 'Ada Moss');
    fixture.componentRef.setInput('text', '<b>On their way</b>');
    await fixture.whenStable();
  });

  const button = (label: string): HTMLButtonElement =>
    fixture.nativeElement.querySelector(`[aria-label="${label}"]`);

  it('says who has written what, as it was written', () => {
    expect(fixture.nativeElement.textContent).toContain('<b>On their way</b>');
    const description = button('Open the message of Ada Moss').getAttribute('aria-describedby') ?? '';
    expect(fixture.nativeElement.querySelector(`#${description}`)?.textContent).toContain('On their way');
  });

  it('is opened and dismissed by buttons of their own', () => {
    const happened: string[] = [];
    fixture.componentInstance.open.subscribe(() => happened.push('open'));
    fixture.componentInstance.dismiss.subscribe(() => happened.push('dismiss'));
    button('Open the message of Ada Moss').click();
    button('Dismiss the message').click();
    expect(happened).toEqual(['open', 'dismiss']);
  });
});
