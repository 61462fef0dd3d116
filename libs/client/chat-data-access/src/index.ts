export { ChatApi } from './lib/api/chat-api';
export { DraftStore } from './lib/drafts/draft.store';
export { CustomerChatsStore } from './lib/inbox/customer-chats.store';
export { InboxStore } from './lib/inbox/inbox.store';
export { InboxTyping } from './lib/inbox/inbox-typing';
export { OverviewStore } from './lib/inbox/overview.store';
export { CustomerPresenceStore } from './lib/presence/customer-presence.store';
export { IdleReporter } from './lib/presence/idle-reporter';
export { SupportPresenceStore } from './lib/presence/support-presence.store';
export { AuditStore } from './lib/team/audit.store';
export { TeamStore } from './lib/team/team.store';
export { Outbox } from './lib/outbox/outbox';
export { ChatSocket, type ConnectionState } from './lib/realtime/chat-socket';
export { firstTold } from './lib/realtime/first-told';
export type { LoadStatus } from './lib/load-status';
export type { ChatAct } from './lib/thread/chat-acts';
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
export { CHAT_CONNECTION } from './lib/realtime/chat-connection';
export { startSelfTest, testChatAPI, testChatConnection } from './lib/self-test/start-self-test';
export type { ProbeSocket } from './lib/self-test/probe-socket';
export type { SelfTestOptions } from './lib/self-test/self-test.service';
export type { SelfTestResult } from './lib/self-test/self-test-report';
