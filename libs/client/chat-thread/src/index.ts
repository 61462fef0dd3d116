export { ChatThread } from './lib/chat-thread';
