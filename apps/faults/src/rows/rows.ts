import { ONE_ID_MANY_TIMES } from './one-id-many-times';
import { type Row } from './row';
import { TWO_NODES_ONE_CHAT } from './two-nodes-one-chat';

/** Every row, in the order of the table. */
export const ROWS: readonly Row[] = [ONE_ID_MANY_TIMES, TWO_NODES_ONE_CHAT];
