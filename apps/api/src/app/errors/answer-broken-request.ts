import { type Socket } from 'node:net';

import { type ErrorBody } from '@elite-chat/contracts';

import { invalidInput } from '../validation/validate-input';

/** Answers what is no HTTP, or too slow: there is no request yet that a filter could see. */
export function answerBrokenRequest(_error: Error, socket: Socket): void {
  if (!socket.writable || socket.destroyed) return;
  const refusal = invalidInput([{ field: 'request', message: 'request must be valid HTTP, sent in time' }]);
  const body: ErrorBody = refusal.toBody();
  const text = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} Bad Request`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}
