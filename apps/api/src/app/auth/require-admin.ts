import { ApiError } from '../errors/api-error';
import { type AuthenticatedUser } from './authenticated-user';

/** @throws ApiError `forbidden` unless this person is an admin */
export function requireAdmin(user: AuthenticatedUser): void {
  if (user.role !== 'admin') throw new ApiError('forbidden', 'This is for admins.');
}
