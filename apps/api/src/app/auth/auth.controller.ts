import {
  apiPaths,
  ChangePasswordDto,
  LoginDto,
  RegisterDto,
  SessionDto,
  UserDto,
} from '@elite-chat/contracts';
import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';

import { ApiErrors, ApiErrorsOnly } from '../config/api-errors.decorator';
import { LimitedPerAddress } from '../throttling/limited-per-address.decorator';
import { AuthService } from './auth.service';
import { type AuthenticatedUser } from './authenticated-user';
import { CurrentUser } from './decorators/current-user.decorator';
import { Public } from './decorators/public.decorator';

/** Accounts and sessions. */
@ApiTags('auth')
@Controller()
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  /** Make a new customer, and sign in */
  @Public()
  @LimitedPerAddress('register')
  @Post(apiPaths.register)
  @ApiErrorsOnly('validation_failed', 'email_taken', 'rate_limited', 'busy', 'unavailable')
  register(@Body() registration: RegisterDto): Promise<SessionDto> {
    return this.auth.register(registration);
  }

  /** Sign in */
  @Public()
  @LimitedPerAddress('login')
  @Post(apiPaths.login)
  @HttpCode(HttpStatus.OK)
  @ApiErrorsOnly('validation_failed', 'invalid_credentials', 'rate_limited', 'busy', 'unavailable')
  login(@Body() credentials: LoginDto): Promise<SessionDto> {
    return this.auth.login(credentials);
  }

  /** Who is signed in */
  @Get(apiPaths.me)
  @ApiBearerAuth()
  @ApiErrors()
  me(@CurrentUser() { id, name, email, role }: AuthenticatedUser): UserDto {
    return { id, name, email, role };
  }

  /** Change the password; every other session of the account ends, this one stays */
  @Post(apiPaths.password)
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiBearerAuth()
  @ApiNoContentResponse({ description: 'Changed' })
  @ApiErrors('validation_failed', 'invalid_credentials', 'busy')
  changePassword(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() passwords: ChangePasswordDto,
  ): Promise<void> {
    return this.auth.changePassword(caller, passwords);
  }

  /** End every other session: their tokens and their sockets; this one stays */
  @Post(apiPaths.signOutEverywhere)
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiBearerAuth()
  @ApiNoContentResponse({ description: 'Ended' })
  @ApiErrors()
  signOutEverywhere(@CurrentUser() caller: AuthenticatedUser): Promise<void> {
    return this.auth.signOutEverywhere(caller);
  }
}
