const open = new Set<FakeBroadcastChannel>();

/** The browser's channel between tabs, as far as the client uses it. */
export class FakeBroadcastChannel {
  private readonly listeners: ((event: MessageEvent) => void)[] = [];

  constructor(private readonly name: string) {
    open.add(this);
  }

  addEventListener(_type: string, listener: (event: MessageEvent) => void): void {
    this.listeners.push(listener);
  }

  postMessage(data: unknown): void {
    for (const other of open) {
      if (other === this || other.name !== this.name) continue;
      // As over a line: never within the call.
      setTimeout(() => {
        if (open.has(other))
          for (const listener of other.listeners) listener(new MessageEvent('message', { data }));
      });
    }
  }

  close(): void {
    open.delete(this);
  }
}
