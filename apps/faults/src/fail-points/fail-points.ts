/**
 * Loaded into the built API from outside (`node --require`), by the fault tests only: the product has no
 * fail points of its own. `FAIL_POINT=<name>:<n>` ends the process, as kill -9 does, when it comes to the
 * place of that name for the n-th time. `LOSE_ACKS=<share>` keeps that share of the answers to socket
 * events from leaving, after what they answer was done.
 */
import { installFailPoint } from './install-fail-point';
import { loseAcks } from './lose-acks';

const { FAIL_POINT: failPoint, LOSE_ACKS: lostShare } = process.env;
if (failPoint) installFailPoint(failPoint);
if (lostShare) loseAcks(Number(lostShare));
