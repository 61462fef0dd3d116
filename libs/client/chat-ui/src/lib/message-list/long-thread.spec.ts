import { type ComponentFixture, TestBed } from '@angular/core/testing';
import fc from 'fast-check';

import { LaidOutBox } from '../testing/laid-out-box';
import { displayedMessage, displayedReply } from '../testing/sample-messages';
import type { DisplayedMessage } from '../thread/displayed-message';
import { type ThreadEdge, WHOLE_EDGE } from '../thread/thread-edge';
import { DRAWN_LINES_MAX } from './drawn-lines';
import { MessageList } from './message-list';

const BOX_PX = 600;

/** So many stories of a reader; each draws a thread some times. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 10);

/** Heights from 20 to 299 px, the same for the same line. */
function unevenHeight(key: string): number {
  let sum = 7;
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_009;
  return 20 + (sum % 280);
}

const MORE: ThreadEdge = { hasMore: true, isLoading: false, error: null };

jest.setTimeout(60_000);

describe('A long thread', () => {
  let fixture: ComponentFixture<MessageList>;
  let box: LaidOutBox;

  const replies = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => displayedReply({ seq: from + index }));
  const pill = (): HTMLButtonElement | null => fixture.nativeElement.querySelector('.to-end');

  function begin(heightOf: (key: string) => number): void {
    jest.restoreAllMocks();
    fixture = TestBed.createComponent(MessageList);
    box = new LaidOutBox(fixture.nativeElement.querySelector('[role=log]'), BOX_PX, heightOf);
  }

  afterEach(() => jest.restoreAllMocks());

  async function show(messages: readonly DisplayedMessage[], inputs: Record<string, unknown> = {}) {
    const all = { threadId: 'chat', side: 'user', readerId: 'customer', ...inputs, messages };
    for (const [name, value] of Object.entries(all)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  async function scrollTo(top: number): Promise<void> {
    box.scrollTo(top);
    await fixture.whenStable();
  }

  /** What the browser does when what is observed has another size. */
  function holdResizing(): () => void {
    const observer = { observe: () => undefined, unobserve: () => undefined, disconnect: () => undefined };
    let resize: () => void = () => undefined;
    jest.spyOn(globalThis, 'ResizeObserver').mockImplementation((listener) => {
      resize = () => listener([], observer);
      return observer;
    });
    return () => resize();
  }

  /** No empty place in view: the lines fill the box. */
  function expectNoGap(): void {
    const places = [...box.inView];
    const [first, last] = [places[0], places.at(-1)];
    expect(first?.[1]).toBeLessThanOrEqual(0);
    expect((last?.[1] ?? 0) + unevenHeight(last?.[0] ?? '')).toBeGreaterThanOrEqual(BOX_PX);
  }

  it('draws a few lines of ten thousand, wherever the reader is', async () => {
    begin(unevenHeight);
    await show(replies(1, 10_000));
    expect(box.inView.has('key-10000')).toBe(true);
    for (const part of [0.9, 0.5, 0.1, 0, 0.3, 1]) {
      await scrollTo(box.end * part);
      expect(box.keys.length).toBeLessThanOrEqual(DRAWN_LINES_MAX);
      expectNoGap();
    }
    expect(box.inView.has('key-10000')).toBe(true);
    await scrollTo(0);
    expect(box.keys[0]).toBe('day:key-1');
    expect(box.inView.get('day:key-1')).toBe(0);
  });

  it('moves lines by what was scrolled, also over lines that were never drawn', async () => {
    begin(unevenHeight);
    await show(replies(1, 400));
    for (let step = 0; step < 40 && box.scrollTop > 300; step++) {
      const before = box.inView;
      await scrollTo(box.scrollTop - 290);
      expectNoGap();
      for (const [key, place] of box.inView) {
        if (before.has(key)) expect(place - (before.get(key) ?? 0)).toBeCloseTo(290, 5);
      }
    }
  });

  it('keeps what is read in its place through pages at either end, arrivals and resizing', async () => {
    const change = fc.constantFrom('older', 'dropOlder', 'newer', 'dropNewer', 'arrival', 'resize', 'scroll');
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        let growth = 0;
        begin((key) => unevenHeight(key) + growth);
        const resize = holdResizing();
        let [first, last] = [401, 600];
        const inputs = () => ({ older: MORE, newer: last < 1_400 ? MORE : WHOLE_EDGE });
        await show(replies(first, last), inputs());
        await scrollTo(box.end / 2);
        for (const name of changes) {
          const [read, place] = [...box.inView][0] ?? ['', 0];
          if (name === 'older') first -= 100;
          if (name === 'dropOlder' && Number(read.slice(4)) > first + 60) first += 50;
          if (name === 'newer') last += 100;
          if (name === 'dropNewer' && Number(read.slice(4)) < last - 60) last -= 50;
          if (name === 'arrival') last += 1;
          if (name === 'resize') {
            growth += 3;
            resize();
            await fixture.whenStable();
          } else if (name === 'scroll') {
            await scrollTo(box.scrollTop - 450);
            continue;
          } else {
            await show(replies(first, last), inputs());
          }
          if (!read.startsWith('key-')) continue;
          expect(box.inView.get(read)).toBeCloseTo(place, 5);
        }
        fixture.destroy();
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('goes to either end by the keyboard', async () => {
    begin(unevenHeight);
    await show(replies(1, 1_000));
    box.element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', ctrlKey: true }));
    await fixture.whenStable();
    expect(box.inView.get('day:key-1')).toBe(0);
    box.element.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', ctrlKey: true }));
    await fixture.whenStable();
    expect(box.scrollTop).toBe(box.end);
    expect(box.inView.has('key-1000')).toBe(true);
  });

  it('asks for the end where it is not loaded, and goes there when it comes', async () => {
    begin(unevenHeight);
    let asked = 0;
    fixture.componentInstance.endWanted.subscribe(() => asked++);
    await show(replies(1, 300), { newer: MORE });
    await scrollTo(400);
    pill()?.click();
    await fixture.whenStable();
    expect(asked).toBe(1);
    await show(replies(951, 1_000), { newer: WHOLE_EDGE });
    expect(box.inView.has('key-1000')).toBe(true);
    expect(pill()).toBeNull();
  });

  it('asks for newer messages near the end of a part of the thread, and takes them for no news', async () => {
    begin(unevenHeight);
    let wanted = 0;
    fixture.componentInstance.newerWanted.subscribe(() => wanted++);
    await show(replies(1, 300), { newer: MORE });
    await scrollTo(400);
    wanted = 0;
    await scrollTo(500);
    expect(wanted).toBe(0);
    await scrollTo(box.end);
    expect(wanted).toBeGreaterThan(0);
    await show(replies(1, 350), { newer: MORE });
    expect(pill()?.textContent).not.toMatch(/\d/);
    expect(fixture.nativeElement.querySelector('chat-spoken-arrivals').textContent.trim()).toBe('');
  });

  it('keeps the focus in the thread when what has it is not drawn any more', async () => {
    begin(unevenHeight);
    await show([...replies(1, 300), displayedMessage({ seq: 301, status: 'failed' })]);
    document.body.append(fixture.nativeElement);
    box.element.querySelector<HTMLButtonElement>('.act')?.focus();
    await scrollTo(0);
    expect(document.activeElement).toBe(box.element);
  });
});
