export { AccountApi } from './lib/api/account-api';
export { ApiClient } from './lib/api/api-client';
export { API_URL } from './lib/api/api-url';
export { ChatRequestError, type ChatRequestErrorCode } from './lib/errors/chat-request-error';
export { readErrorBody } from './lib/errors/read-error-body';
export { provideSession, type SessionOptions } from './lib/provide-session';
export { endWithUser } from './lib/session/end-with-user';
export { ExpiryTimer } from './lib/session/expiry-timer';
export { SessionStore } from './lib/session/session.store';
