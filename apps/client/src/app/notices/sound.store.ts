import { DestroyRef, DOCUMENT, inject, Injectable, type Signal, signal } from '@angular/core';

const STORAGE_KEY = 'elite-chat.sound';

/** Whether new messages are heard: kept in this browser, on until it is turned off. */
@Injectable({ providedIn: 'root' })
export class SoundStore {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly on = signal(this.read());

  /** Whether sounds are on. */
  readonly isOn: Signal<boolean> = this.on.asReadonly();

  constructor() {
    // The choice is the browser's, whichever tab it was made in.
    const follow = ({ key }: StorageEvent) => key === STORAGE_KEY && this.on.set(this.read());
    this.view?.addEventListener('storage', follow);
    inject(DestroyRef).onDestroy(() => this.view?.removeEventListener('storage', follow));
  }

  /** Turns sounds on or off. */
  turn(isOn: boolean): void {
    this.on.set(isOn);
    try {
      this.view?.localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off');
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  private read(): boolean {
    try {
      return this.view?.localStorage.getItem(STORAGE_KEY) !== 'off';
    } catch {
      return true;
    }
  }
}
