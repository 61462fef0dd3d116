/** Loaded into every server by `--require`: tells the bench what the process has used and done. */
import { setTimeout as pause } from 'node:timers/promises';

import { answerParent } from '../processes/conversation';
import { countEncodings } from './count-encodings';
import { countWrites } from './count-writes';
import { type ProbeQuestion, type Usage } from './usage';

/** Passes of the collector: what one frees may let the next free more. */
const COLLECTIONS = 4;

const COLLECTION_PAUSE_MS = 150;

const written = countWrites();
let writtenAtAck = 0;
const encodings = countEncodings(() => (writtenAtAck = written()));

answerParent<ProbeQuestion>(async (question) => {
  if (question === 'memory') await collectGarbage();
  return usage();
});

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    cpu: user + system,
    heap: heapUsed,
    rss,
    encodings: encodings(),
    written: written(),
    writtenAtAck,
  };
}

async function collectGarbage(): Promise<void> {
  for (let pass = 0; pass < COLLECTIONS; pass++) {
    globalThis.gc?.();
    await pause(COLLECTION_PAUSE_MS);
  }
}
