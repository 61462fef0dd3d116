import type { ErrorBody } from '../errors/error-body';

/** The answer to every socket event that asks for one: always one or the other. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: ErrorBody };

/** The function that carries it; a client may leave it out. */
export type AckCallback<T> = (ack: Ack<T>) => void;
