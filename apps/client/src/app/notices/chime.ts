import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';

import { SoundStore } from './sound.store';

/** The two tones: when each begins, in seconds, and how high it is, in hertz. */
const TONES = [
  { at: 0, frequency: 880 },
  { at: 0.12, frequency: 1174.66 },
] as const;

const TONE_SECONDS = 0.35;
const VOLUME = 0.12;

/** Messages that come together are heard once, in milliseconds. */
const QUIET_MS = 1_500;

/** The sound of a new message, made here: no file to load. Silent while the browser allows none. */
@Injectable({ providedIn: 'root' })
export class Chime {
  private readonly sound = inject(SoundStore);
  private readonly navigator = inject(DOCUMENT).defaultView?.navigator;
  private context: AudioContext | null = null;
  private lastAt = -Infinity;

  constructor() {
    inject(DestroyRef).onDestroy(() => void this.context?.close());
  }

  /** Whether it would be heard: sounds are on, and the page was touched, without which browsers keep it silent. */
  canRing(): boolean {
    return this.sound.isOn() && this.navigator?.userActivation?.hasBeenActive !== false;
  }

  /** Rings, unless sounds are off or it has just rung. */
  ring(): void {
    const now = performance.now();
    if (!this.sound.isOn() || now - this.lastAt < QUIET_MS) return;
    this.lastAt = now;
    const context = (this.context ??= new AudioContext());
    // Browsers let a page sound only after it was touched once; until then this stays pending, and comes too late.
    void context.resume().then(() => {
      if (performance.now() - now < QUIET_MS) play(context);
    });
  }
}

function play(context: AudioContext): void {
  for (const { at, frequency } of TONES) playTone(context, context.currentTime + at, frequency);
}

function playTone(context: AudioContext, start: number, frequency: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(VOLUME, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + TONE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + TONE_SECONDS);
}
