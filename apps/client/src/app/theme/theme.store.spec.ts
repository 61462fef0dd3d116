import { TestBed } from '@angular/core/testing';

import { ThemeStore } from './theme.store';

describe('ThemeStore', () => {
  const shown = () => document.documentElement.dataset['theme'];

  beforeEach(() => localStorage.clear());

  it('is as the device has it until something is chosen', () => {
    const theme = TestBed.inject(ThemeStore);
    theme.apply();
    expect([theme.choice(), shown()]).toEqual(['system', 'system']);
  });

  it('applies a choice and finds it again at the next start', () => {
    TestBed.inject(ThemeStore).choose('dark');
    expect(shown()).toBe('dark');
    TestBed.resetTestingModule();
    expect(TestBed.inject(ThemeStore).choice()).toBe('dark');
  });

  it('takes no value that it does not know', () => {
    localStorage.setItem('elite-chat.theme', 'purple');
    expect(TestBed.inject(ThemeStore).choice()).toBe('system');
  });
});
