import type { Route, UrlSegment, UrlMatchResult } from '@angular/router';

import { AdminChatTab } from './admin-chat-tab';

/** The Messages tab, with or without an open chat: one route, so that opening a chat keeps the list as it is. */
export const adminChatRoutes: Route[] = [{ matcher: matchOptionalChat, component: AdminChatTab }];

function matchOptionalChat(segments: UrlSegment[]): UrlMatchResult | null {
  const [chatId] = segments;
  if (segments.length > 1) return null;
  return { consumed: segments, posParams: chatId ? { chatId } : {} };
}
