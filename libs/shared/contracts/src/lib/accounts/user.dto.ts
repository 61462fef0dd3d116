/** The two kinds of people: customers (`user`) and admins. */
export const USER_ROLES = ['user', 'admin'] as const;

/** A customer is a `user`, one who answers is an `admin`. */
export type UserRole = (typeof USER_ROLES)[number];

/** A person who is signed in. */
export class UserDto {
  /**
   * Id, 24 hexadecimal digits
   * @example 665f1f77bcf86cd799439011
   */
  id!: string;

  /**
   * Name as shown to others
   * @example "Cora Lane"
   */
  name!: string;

  /**
   * Email address, lower case
   * @example customer@example.com
   */
  email!: string;

  /** `user` is a customer */
  role!: UserRole;
}

/** What signing in gives. */
export class SessionDto {
  /** The bearer token (JWT, HS256), for `Authorization: Bearer …` and the socket's `auth.token` */
  token!: string;

  /** Who has signed in */
  user!: UserDto;
}
