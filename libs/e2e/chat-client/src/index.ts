export * from './lib/attempt';
export * from './lib/chat-client';
export * from './lib/chat-connection';
export * from './lib/inbox-view';
export * from './lib/rest-api';
export * from './lib/thread-view';
