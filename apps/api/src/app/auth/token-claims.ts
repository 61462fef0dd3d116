import { IsId, IsPersonName, IsTrimmedEmail } from '@elite-chat/contracts';
import { IsInt, IsNumber, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';

const HOST_CLAIM_LENGTH_MAX = 255;

/** What a token of ours says beside issuer and times. */
export class OwnClaims {
  /** The account's id. */
  @IsId()
  sub!: string;

  /** The account's session generation when the token was issued. */
  @IsInt()
  @Min(0)
  session!: number;
}

/** What a token of the host application says; its `id` counts as `sub`. */
export class HostClaims {
  @IsOptional()
  @IsString()
  @MaxLength(HOST_CLAIM_LENGTH_MAX)
  iss?: string;

  @IsString()
  @Length(1, HOST_CLAIM_LENGTH_MAX)
  sub!: string;

  @IsPersonName()
  name!: string;

  @IsTrimmedEmail()
  email!: string;

  /** An `admin` is refused where host admins are not believed; whatever else is named is a customer here. */
  @IsOptional()
  @IsString()
  role?: string;

  /** Seconds since 1970. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  iat?: number;
}
