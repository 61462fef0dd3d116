import {
  apiPaths,
  ChangePasswordDto,
  ErrorBody,
  LoginDto,
  RegisterDto,
  SessionDto,
  UserDto,
} from '@elite-chat/contracts';
import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';

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
  @ApiConflictResponse({ type: ErrorBody, description: '`email_taken`' })
  register(@Body() registration: RegisterDto): Promise<SessionDto> {
    return this.auth.register(registration);
  }

  /** Sign in */
  @Public()
  @LimitedPerAddress('login')
  @Post(apiPaths.login)
  @HttpCode(HttpStatus.OK)
  @ApiUnauthorizedResponse({ type: ErrorBody, description: '`invalid_credentials`' })
  login(@Body() credentials: LoginDto): Promise<SessionDto> {
    return this.auth.login(credentials);
  }

  /** Who is signed in */
  @Get(apiPaths.me)
  @ApiBearerAuth()
  @ApiUnauthorizedResponse({ type: ErrorBody, description: '`unauthorized`' })
  me(@CurrentUser() { id, name, email, role }: AuthenticatedUser): UserDto {
    return { id, name, email, role };
  }

  /** Change the password; every other session of the account ends, this one stays */
  @Post(apiPaths.password)
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiBearerAuth()
  @ApiNoContentResponse({ description: 'Changed' })
  @ApiUnauthorizedResponse({ type: ErrorBody, description: '`invalid_credentials`, `unauthorized`' })
  @ApiForbiddenResponse({
    type: ErrorBody,
    description: "`forbidden`: the password is the host application's",
  })
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
  @ApiUnauthorizedResponse({ type: ErrorBody, description: '`unauthorized`' })
  signOutEverywhere(@CurrentUser() caller: AuthenticatedUser): Promise<void> {
    return this.auth.signOutEverywhere(caller);
  }
}
