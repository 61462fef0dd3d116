import { clientSize } from './client-size';
import { cutLines } from './cut-lines';
import { fanOut } from './fan-out';
import { idleSockets } from './idle-sockets';
import { latency } from './latency';
import { markRead } from './mark-read';
import { history, inbox } from './pages';
import { type Row } from './row';
import { startTime } from './start-time';
import { throughput } from './throughput';

/** Every row, in the order of the table. */
export const ROWS: readonly Row[] = [
  throughput,
  latency,
  fanOut,
  cutLines,
  idleSockets,
  history,
  inbox,
  markRead,
  startTime,
  clientSize,
];
