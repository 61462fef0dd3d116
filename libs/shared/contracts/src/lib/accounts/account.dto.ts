import { IsString, MaxLength, MinLength } from 'class-validator';

import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../limits';
import { IsPersonName } from '../text/person-name';
import { IsTrimmedEmail } from './is-trimmed-email';

/** The form in which an email address is stored and compared. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Body of signing in. */
export class LoginDto {
  /**
   * Email address; case and surrounding spaces don't matter
   * @example customer@example.com
   */
  @IsTrimmedEmail()
  email!: string;

  /**
   * Password
   * @example customer-demo-1
   */
  @IsString()
  @MaxLength(PASSWORD_LENGTH_MAX)
  password!: string;
}

/** Body of registering a new customer. */
export class RegisterDto {
  /**
   * Name as shown to others
   * @example "Cora Lane"
   */
  @IsPersonName()
  name!: string;

  /**
   * Email address; trimmed and lower-cased
   * @example cora@example.com
   */
  @IsTrimmedEmail()
  email!: string;

  /**
   * Password
   * @example correct-horse-battery
   */
  @IsString()
  @MinLength(PASSWORD_LENGTH_MIN)
  @MaxLength(PASSWORD_LENGTH_MAX)
  password!: string;
}

/** Body of changing one's password. */
export class ChangePasswordDto {
  /**
   * The password as it is now
   * @example customer-demo-1
   */
  @IsString()
  @MaxLength(PASSWORD_LENGTH_MAX)
  current!: string;

  /**
   * The password from now on
   * @example correct-horse-battery
   */
  @IsString()
  @MinLength(PASSWORD_LENGTH_MIN)
  @MaxLength(PASSWORD_LENGTH_MAX)
  next!: string;
}
