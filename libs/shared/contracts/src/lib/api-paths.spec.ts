import { apiPaths } from './api-paths';

describe('the REST paths', () => {
  it('are those that clients rely on', () => {
    expect(
      Object.values(apiPaths).map((path) => (typeof path === 'string' ? path : path(':chatId'))),
    ).toEqual([
      'auth/register',
      'auth/login',
      'auth/me',
      'auth/password',
      'auth/sign-out-everywhere',
      'chat/user/chat',
      'chat/user/chats',
      'chat/user/chat/:chatId/messages',
      'chat/user/chat/:chatId/read',
      'chat/user/chat/:chatId/close',
      'chat/user/chat/:chatId/reopen',
      'chat/user/support',
      'chat/admin/chats',
      'chat/admin/overview',
      'chat/admin/presence',
      'chat/admin/chat/:chatId/assign',
      'chat/admin/chat/:chatId/unassign',
      'chat/admin/chat/:chatId/messages',
      'chat/admin/chat/:chatId/read',
      'chat/admin/chat/:chatId/close',
      'chat/admin/chat/:chatId/reopen',
      'chat/admin/team',
      'chat/admin/team/:chatId/disable',
      'chat/admin/team/:chatId/enable',
      'chat/admin/team/:chatId/password',
      'chat/admin/audit',
      'health/live',
      'health/ready',
    ]);
  });
});
