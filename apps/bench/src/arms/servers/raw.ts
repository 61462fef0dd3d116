/** The ceiling: stores nothing. */
import { messageOf } from './message';
import { startRelay } from './relay';

startRelay((input) => messageOf(input));
