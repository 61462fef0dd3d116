/** What one check of a self-test found. */
export interface SelfTestResult {
  /** What was checked. */
  readonly name: string;
  /** `skipped`: it could not be checked, or checking it would change something. */
  readonly outcome: 'works' | 'fails' | 'skipped';
  /** What was seen, and where it fails what to do. */
  readonly detail: string;
}

/** Thrown by a check that can't be made. */
export class SkippedCheck extends Error {}

/** Makes checks one after another and prints what each of them finds. */
export class SelfTestReport {
  private readonly found: SelfTestResult[] = [];

  constructor(title: string) {
    print(title);
  }

  /** Makes a check, which answers with what it saw; a failing one does not stop those after it. */
  async check(name: string, act: () => Promise<string> | string): Promise<void> {
    try {
      this.add({ name, outcome: 'works', detail: await act() });
    } catch (fault) {
      const detail = fault instanceof Error ? fault.message : String(fault);
      this.add({ name, outcome: fault instanceof SkippedCheck ? 'skipped' : 'fails', detail });
    }
  }

  /** Prints the sum; gives all that was found. */
  finish(): readonly SelfTestResult[] {
    const count = (outcome: SelfTestResult['outcome']) =>
      this.found.filter((result) => result.outcome === outcome).length;
    print(`${count('works')} work, ${count('fails')} fail, ${count('skipped')} skipped`);
    return this.found;
  }

  private add(result: SelfTestResult): void {
    this.found.push(result);
    const mark = { works: '✓', fails: '✗', skipped: '–' }[result.outcome];
    print(`${mark} ${result.name}: ${result.detail}`);
  }
}

function print(line: string): void {
  // eslint-disable-next-line no-console -- the console is where a self-test is read
  console.log(`[EliteChat] ${line}`);
}
