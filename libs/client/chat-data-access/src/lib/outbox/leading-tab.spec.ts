import { LeadingTab } from './leading-tab';

describe('LeadingTab without Web Locks', () => {
  let tabs: LeadingTab[];
  let holder: string | null;

  beforeEach(() => {
    jest.useFakeTimers();
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    tabs = [];
    holder = null;
  });

  afterEach(() => {
    for (const tab of tabs) tab.end();
    jest.useRealTimers();
  });

  function openTab(takeLease = lease): LeadingTab {
    const tab = new LeadingTab({ name: 'led', view: window, takeLease });
    tabs.push(tab);
    return tab;
  }

  async function lease(owner: string, _milliseconds: number, force: boolean): Promise<boolean> {
    if (force) holder = owner;
    holder ??= owner;
    return holder === owner;
  }

  const leading = () => tabs.map((tab) => tab.isLeading());

  it('leads in one tab at a time, and in another one as soon as that takes over', async () => {
    const [, second] = [openTab(), openTab()];
    await jest.advanceTimersByTimeAsync(0);
    expect(leading()).toEqual([true, false]);
    second.takeOver();
    await jest.advanceTimersByTimeAsync(0);
    expect(second.isLeading()).toBe(true);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(leading()).toEqual([false, true]);
  });

  it('leads where no lease can be had only once it takes over, and goes on doing so', async () => {
    const tab = openTab(() => Promise.reject(new Error('no storage')));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(tab.isLeading()).toBe(false);
    tab.takeOver();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(tab.isLeading()).toBe(true);
  });

  it('takes nothing over once it has ended', async () => {
    const tab = openTab();
    tab.end();
    tab.takeOver();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(tab.isLeading()).toBe(false);
  });
});
