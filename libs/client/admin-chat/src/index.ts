export { AdminChatTab } from './lib/admin-chat-tab';
export { adminChatRoutes } from './lib/admin-chat.routes';
