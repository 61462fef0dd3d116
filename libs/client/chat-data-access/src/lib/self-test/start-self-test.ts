import { DestroyRef, inject } from '@angular/core';

import type { ProbeSocket } from './probe-socket';
import { SelfTest, type SelfTestOptions } from './self-test.service';
import { SelfTestReport, type SelfTestResult } from './self-test-report';

/** The console has no injector: the self-test of the client that runs in this page. */
let running: SelfTest | null = null;

/**
 * Prints what works of the connection and what doesn't: token, connection, room, history.
 * @param socket another socket to try than the client's own
 */
export async function testChatConnection(socket?: ProbeSocket): Promise<readonly SelfTestResult[]> {
  return running ? running.connection(socket) : reportNoClient();
}

/** Prints what works of the REST API and what doesn't. Sends a visible message only with `{ send: true }`. */
export async function testChatAPI(options: SelfTestOptions = {}): Promise<readonly SelfTestResult[]> {
  return running ? running.calls(options) : reportNoClient();
}

/** Lets the self-test try this application's client; call it where things are injected. */
export function startSelfTest(): void {
  const selfTest = inject(SelfTest);
  running = selfTest;
  inject(DestroyRef).onDestroy(() => {
    if (running === selfTest) running = null;
  });
}

async function reportNoClient(): Promise<readonly SelfTestResult[]> {
  const report = new SelfTestReport('Self-test');
  await report.check('client', () => {
    throw new Error('no client is running in this page; the application calls startSelfTest() first');
  });
  return report.finish();
}
