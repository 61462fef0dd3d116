import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** The chat's connections of a browser, to be cut and mended: pages and REST calls go on. */
export interface Line {
  cut(): Promise<void>;
  mend(): void;
}

/** To be called before the first page is opened. */
export async function holdLine(context: BrowserContext): Promise<Line> {
  let isCut = false;
  const open = new Set<WebSocketRoute>();
  await context.routeWebSocket(/\/socket\.io\//, async (socket) => {
    if (isCut) {
      await socket.close();
      return;
    }
    socket.connectToServer();
    open.add(socket);
  });
  await context.route('**/socket.io/**', (route) => (isCut ? route.abort() : route.continue()));
  return {
    cut: async () => {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close().catch(() => undefined)));
      open.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
}
