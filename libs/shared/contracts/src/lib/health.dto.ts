/** Answer of the health checks. */
export class HealthDto {
  /** `ok` when all that is needed answers */
  status!: 'ok' | 'unavailable';

  /** Whether the database answers; only with `ready` */
  database?: 'ok' | 'unavailable';
}
