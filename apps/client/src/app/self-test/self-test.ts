/** A module of its own, so that it is loaded when the self-test is asked for. */
export { startSelfTest, testChatAPI, testChatConnection } from '@elite-chat/chat-data-access';
