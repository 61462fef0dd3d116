/** Answer of the health checks. */
export class HealthDto {
  /** `ok` when all that is needed answers */
  status!: 'ok' | 'unavailable';

  /** Whether the database answers; only with `ready` */
  database?: 'ok' | 'unavailable';

  /** Whether Redis answers; only with `ready`, where there is one. Without it the node still serves, more slowly */
  redis?: 'ok' | 'unavailable';
}
