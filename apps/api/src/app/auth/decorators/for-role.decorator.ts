import { type UserRole } from '@elite-chat/contracts';
import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link ForRole}. */
export const REQUIRED_ROLE = 'auth:required-role';

/** Keeps a call, or all of a controller, for one role: the other is answered `forbidden`. */
export const ForRole = (role: UserRole) => SetMetadata(REQUIRED_ROLE, role);
