import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

import { RegisterDto } from '../accounts/account.dto';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../limits';
import { IsId } from '../text/is-id';

/** Names an admin, in the path of REST calls. */
export class AdminReferenceDto {
  /**
   * The admin's id
   * @example 665f1f77bcf86cd799439012
   */
  @IsId()
  adminId!: string;
}

/** Query of the list of admins. */
export class TeamQueryDto {
  /** Rows of the page */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT_MAX)
  limit?: number = PAGE_LIMIT_DEFAULT;

  /** `nextCursor` of the page before */
  @IsOptional()
  @IsId()
  cursor?: string;
}

/** Body of making an admin; the same rules as for registering. */
export class NewAdminDto extends RegisterDto {}

/** Body of giving a colleague another password. */
export class ResetPasswordDto {
  /**
   * The password from now on; tell it to them, they can change it
   * @example correct-horse-battery
   */
  @IsString()
  @MinLength(PASSWORD_LENGTH_MIN)
  @MaxLength(PASSWORD_LENGTH_MAX)
  password!: string;
}
