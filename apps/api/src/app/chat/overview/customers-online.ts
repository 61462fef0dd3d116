import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';

/** Which customers have a connection. What several nodes know together can take the place of what one knows. */
export abstract class CustomersOnline {
  /** Tells that the number may have changed. */
  abstract readonly changes: Observable<void>;

  /** A socket of a customer has connected. */
  abstract enter(customerId: string): void;

  /** A socket that had entered is gone. */
  abstract leave(customerId: string): void;

  /** Customers with at least one socket, each counted once. */
  abstract count(): Promise<number>;
}

/** The customers who are connected to this node. */
@Injectable()
export class CustomersOnlineHere extends CustomersOnline {
  readonly changes = new Subject<void>();
  private readonly sockets = new Map<string, number>();

  enter(customerId: string): void {
    const sockets = this.sockets.get(customerId) ?? 0;
    this.sockets.set(customerId, sockets + 1);
    if (sockets === 0) this.changes.next();
  }

  leave(customerId: string): void {
    const sockets = this.sockets.get(customerId) ?? 0;
    if (sockets > 1) {
      this.sockets.set(customerId, sockets - 1);
    } else if (this.sockets.delete(customerId)) {
      this.changes.next();
    }
  }

  count(): Promise<number> {
    return Promise.resolve(this.sockets.size);
  }
}
