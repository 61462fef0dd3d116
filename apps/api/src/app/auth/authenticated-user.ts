import { type UserDto } from '@elite-chat/contracts';

/** Somebody whose token was checked; what every service method is given to authorise with. */
export interface AuthenticatedUser extends UserDto {
  /** Hash of the token, to tell this session from the person's others. */
  tokenFingerprint: string;
  /** When the token ends. */
  expiresAt: Date;
}
