import { DOCUMENT, EnvironmentInjector, inject, runInInjectionContext } from '@angular/core';
import type { SelfTestOptions, testChatAPI, testChatConnection } from '@elite-chat/chat-data-access';

/** Names of the self-test in the browser's console; each does what the function of that name does. */
interface SelfTestCommands {
  testChatConnection: typeof testChatConnection;
  testChatAPI: typeof testChatAPI;
}

/**
 * Makes the self-test usable from the browser's console; call it where things are injected. What it is made of is
 * loaded when it is asked for.
 */
export function exposeSelfTest(): void {
  const injector = inject(EnvironmentInjector);
  const load = async () => {
    const selfTest = await import('./self-test');
    runInInjectionContext(injector, () => selfTest.startSelfTest());
    return selfTest;
  };
  const commands: SelfTestCommands = {
    testChatConnection: async (socket) => (await load()).testChatConnection(socket),
    testChatAPI: async (options?: SelfTestOptions) => (await load()).testChatAPI(options),
  };
  Object.assign(inject(DOCUMENT).defaultView ?? {}, commands);
}
