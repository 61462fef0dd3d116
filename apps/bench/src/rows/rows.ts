import { type Row } from './row';
import { throughput } from './throughput';

/** Every row, in the order of the table. */
export const ROWS: readonly Row[] = [throughput];
