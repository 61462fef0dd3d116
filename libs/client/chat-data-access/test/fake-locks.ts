/** Somebody who holds a lock or waits for it. */
interface Claim {
  begin(): void;
  refuse(reason: Error): void;
}

/** The exclusive locks of a browser, shared by the tabs that a spec plays. */
export class FakeLocks {
  private readonly held = new Map<string, Claim>();
  private readonly waiting = new Map<string, Claim[]>();

  /** As a tab sees them. */
  readonly manager: LockManager = {
    request: (name: string, options: unknown, run?: (lock: Lock) => unknown) => {
      if (!run || !isOptions(options)) throw new Error('Ask with options, as the client does.');
      return this.request(name, options, run);
    },
    query: () => Promise.reject(new Error('No part of the client asks for this.')),
  };

  private request(name: string, options: LockOptions, run: (lock: Lock) => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const claim: Claim = {
        begin: () => {
          this.held.set(name, claim);
          void Promise.resolve(run({ name, mode: 'exclusive' })).then((result) => {
            resolve(result);
            if (this.held.get(name) === claim) this.pass(name);
          }, reject);
        },
        refuse: reject,
      };
      const holder = this.held.get(name);
      if (!holder || options.steal) {
        claim.begin();
        holder?.refuse(new DOMException('stolen', 'AbortError'));
        return;
      }
      this.waiting.set(name, [...(this.waiting.get(name) ?? []), claim]);
      options.signal?.addEventListener('abort', () => {
        const others = (this.waiting.get(name) ?? []).filter((one) => one !== claim);
        this.waiting.set(name, others);
        reject(new DOMException('given up', 'AbortError'));
      });
    });
  }

  private pass(name: string): void {
    this.held.delete(name);
    const [first, ...rest] = this.waiting.get(name) ?? [];
    this.waiting.set(name, rest);
    first?.begin();
  }
}

function isOptions(value: unknown): value is LockOptions {
  return typeof value === 'object' && value !== null;
}
