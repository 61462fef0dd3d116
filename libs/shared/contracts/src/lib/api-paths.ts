/** Prefix of every REST call. */
export const API_PREFIX = 'api';

/** Path of the Socket.IO server. */
export const SOCKET_PATH = '/socket.io';

/** Path of Swagger UI; its JSON is at the same path with `-json`. */
export const DOCS_PATH = 'docs';

/**
 * The REST paths below the prefix. Controllers pass a route parameter (`':chatId'`), clients an id.
 */
export const apiPaths = {
  register: 'auth/register',
  login: 'auth/login',
  me: 'auth/me',
  password: 'auth/password',
  signOutEverywhere: 'auth/sign-out-everywhere',

  userChat: 'chat/user/chat',
  userChats: 'chat/user/chats',
  userMessages: (chatId: string) => `chat/user/chat/${chatId}/messages`,
  userRead: (chatId: string) => `chat/user/chat/${chatId}/read`,
  userClose: (chatId: string) => `chat/user/chat/${chatId}/close`,
  userReopen: (chatId: string) => `chat/user/chat/${chatId}/reopen`,

  userSupport: 'chat/user/support',

  adminChats: 'chat/admin/chats',
  adminOverview: 'chat/admin/overview',
  adminPresence: 'chat/admin/presence',
  adminAssign: (chatId: string) => `chat/admin/chat/${chatId}/assign`,
  adminUnassign: (chatId: string) => `chat/admin/chat/${chatId}/unassign`,
  adminMessages: (chatId: string) => `chat/admin/chat/${chatId}/messages`,
  adminRead: (chatId: string) => `chat/admin/chat/${chatId}/read`,
  adminClose: (chatId: string) => `chat/admin/chat/${chatId}/close`,
  adminReopen: (chatId: string) => `chat/admin/chat/${chatId}/reopen`,

  adminTeam: 'chat/admin/team',
  adminDisable: (adminId: string) => `chat/admin/team/${adminId}/disable`,
  adminEnable: (adminId: string) => `chat/admin/team/${adminId}/enable`,
  adminPassword: (adminId: string) => `chat/admin/team/${adminId}/password`,
  adminAudit: 'chat/admin/audit',

  healthLive: 'health/live',
  healthReady: 'health/ready',
} as const;
