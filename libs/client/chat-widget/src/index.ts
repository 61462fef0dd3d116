export { ChatWidget } from './lib/chat-widget';
