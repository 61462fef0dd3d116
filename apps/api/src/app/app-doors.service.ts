import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';

import { ApiError } from './errors/api-error';

const RETRY_AFTER_SECONDS = 1;

/** Whether this node still lets anybody in: its doors close before what is inside is brought to an end. */
@Injectable()
export class AppDoors {
  /** Emits once, as the doors close. */
  readonly closing = new Subject<void>();

  private isOpen = true;

  /** Refuses all calls and handshakes from now on, and sends away who is connected. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.closing.next();
    this.closing.complete();
  }

  /** What whoever comes now is answered; null while the doors are open. */
  refusal(): ApiError | null {
    if (this.isOpen) return null;
    return new ApiError('unavailable', 'The server is stopping; try again shortly.', {
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}
