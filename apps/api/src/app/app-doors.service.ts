import { Injectable } from '@nestjs/common';

import { ApiError } from './errors/api-error';

const RETRY_AFTER_SECONDS = 1;

/** Whether this node still lets anybody in: its doors close before what is inside is brought to an end. */
@Injectable()
export class AppDoors {
  private isOpen = true;

  /** Refuses all calls and handshakes from now on. */
  close(): void {
    this.isOpen = false;
  }

  /** What whoever comes now is answered; null while the doors are open. */
  refusal(): ApiError | null {
    if (this.isOpen) return null;
    return new ApiError('unavailable', 'The server is stopping; try again shortly.', {
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}
