import { ALL_DROPPED } from './all-dropped';
import { ANSWERS_LOST } from './answers-lost';
import { API_KILLED } from './api-killed';
import { DATABASE_KILLED } from './database-killed';
import { DATABASE_PAUSED } from './database-paused';
import { DISK_FULL } from './disk-full';
import { LINES_CUT } from './lines-cut';
import { ONE_ID_MANY_TIMES } from './one-id-many-times';
import { POISON } from './poison/poison-batch';
import { READER_STOPS } from './reader-stops';
import { REDIS_AWAY } from './redis-away';
import { type Row } from './row';
import { SESSIONS_ENDED } from './sessions-ended';
import { TWO_NODES_ONE_CHAT } from './two-nodes-one-chat';

/** Every row, in the order of the table. */
export const ROWS: readonly Row[] = [
  API_KILLED,
  DATABASE_KILLED,
  DATABASE_PAUSED,
  REDIS_AWAY,
  LINES_CUT,
  ANSWERS_LOST,
  ONE_ID_MANY_TIMES,
  TWO_NODES_ONE_CHAT,
  READER_STOPS,
  ALL_DROPPED,
  SESSIONS_ENDED,
  POISON,
  DISK_FULL,
];
