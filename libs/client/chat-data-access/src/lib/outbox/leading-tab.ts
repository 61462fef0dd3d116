import { type Signal, signal } from '@angular/core';

/** A lease is renewed so often, and ends so long after it was renewed last; milliseconds. */
const LEASE_RENEWAL_MS = 2_000;
const LEASE_MS = 6_000;

/** What a tab needs of its surroundings to lead. */
export interface LeadingTabOptions {
  /** What is led, over all tabs of a browser. */
  readonly name: string;
  readonly view: Window | null;
  /** Says that this tab leads for a while, unless another one does or with `force`; where there are no Web Locks. */
  readonly takeLease: (owner: string, milliseconds: number, force: boolean) => Promise<boolean>;
}

/**
 * Lets one tab of a browser lead: the one that holds a Web Lock, which ends with its tab however that ends. Where
 * there are no Web Locks (plain http) it is the one that holds a lease. A tab that is frozen lets go.
 */
export class LeadingTab {
  private readonly leads = signal(false);
  private readonly locks: LockManager | undefined;
  private readonly owner = crypto.getRandomValues(new Uint32Array(4)).join('-');
  private letGo: (() => void) | null = null;
  private waiting = new AbortController();
  private renewal: ReturnType<typeof setInterval> | undefined;
  private hasEnded = false;
  /** Leads also where no lease can be had: nobody could say who else does. */
  private isInsisting = false;

  /** Whether this tab leads. */
  readonly isLeading: Signal<boolean> = this.leads.asReadonly();

  constructor(private readonly options: LeadingTabOptions) {
    this.locks = options.view?.navigator.locks;
    const { view } = options;
    view?.document.addEventListener('freeze', this.release);
    view?.document.addEventListener('resume', this.compete);
    view?.addEventListener('pagehide', this.release);
    view?.addEventListener('pageshow', this.compete);
    this.compete();
  }

  /** Leads at once, whoever did before: for a leader that does nothing. */
  takeOver(): void {
    if (this.hasEnded || this.leads()) return;
    if (this.locks) {
      this.request({ steal: true });
    } else if (this.renewal !== undefined) {
      this.isInsisting = true;
      void this.renew(true);
    }
  }

  /** Leads no more. */
  end(): void {
    this.hasEnded = true;
    const { view } = this.options;
    view?.document.removeEventListener('freeze', this.release);
    view?.document.removeEventListener('resume', this.compete);
    view?.removeEventListener('pagehide', this.release);
    view?.removeEventListener('pageshow', this.compete);
    this.release();
  }

  private readonly compete = (): void => {
    this.release();
    if (this.hasEnded) return;
    if (this.locks) {
      this.waiting = new AbortController();
      this.request({ signal: this.waiting.signal });
    } else {
      void this.renew();
      this.renewal = setInterval(() => void this.renew(), LEASE_RENEWAL_MS);
    }
  };

  private readonly release = (): void => {
    this.waiting.abort();
    this.letGo?.();
    this.letGo = null;
    clearInterval(this.renewal);
    this.renewal = undefined;
    this.isInsisting = false;
    this.leads.set(false);
  };

  private request(options: LockOptions): void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const letGo = () => resolve(undefined);
    const hold = () => {
      this.letGo = letGo;
      this.leads.set(true);
      return promise;
    };
    this.locks?.request(this.options.name, options, hold).catch(() => {
      // Given up before it was had, or taken over by another tab.
      if (this.letGo === letGo) this.compete();
    });
  }

  private async renew(force = false): Promise<void> {
    const isOurs = await this.options.takeLease(this.owner, LEASE_MS, force).catch(() => this.isInsisting);
    if (this.renewal !== undefined && !this.hasEnded) this.leads.set(isOurs);
  }
}
