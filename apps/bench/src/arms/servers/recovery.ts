/** Socket.IO's own recovery of what a cut connection missed, in memory. */
import { messageOf } from './message';
import { startRelay } from './relay';

startRelay((input) => messageOf(input), undefined, { connectionStateRecovery: {} });
