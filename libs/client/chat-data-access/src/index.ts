export { API_URL } from './lib/api/api-url';
export { ChatApi } from './lib/api/chat-api';
export { ChatRequestError, type ChatRequestErrorCode } from './lib/errors/chat-request-error';
export { DraftStore } from './lib/drafts/draft.store';
export { CustomerChatsStore } from './lib/inbox/customer-chats.store';
export { InboxStore } from './lib/inbox/inbox.store';
export { type ChatClientOptions, provideChatClient } from './lib/provide-chat-client';
export { ChatSocket, type ConnectionState } from './lib/realtime/chat-socket';
export { SessionStore } from './lib/session/session.store';
export type { LoadStatus } from './lib/load-status';
export { ChatStore } from './lib/thread/chat.store';
export { mergeMessages } from './lib/thread/merge-messages';
export {
  type FailedMessage,
  type LocalMessage,
  type SendingMessage,
  type SentMessage,
  type ThreadMessage,
  sentMessage,
  threadMessageKey,
} from './lib/thread/thread-message';
export { exposeSelfTest, testChatAPI, testChatConnection } from './lib/self-test/expose-self-test';
export type { ProbeSocket } from './lib/self-test/probe-socket';
export type { SelfTestOptions } from './lib/self-test/self-test.service';
export type { SelfTestResult } from './lib/self-test/self-test-report';
