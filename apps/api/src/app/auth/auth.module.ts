import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';

import { Environment } from '../config/environment';
import { OWN_ISSUER } from '../users/schemas/user.schema';
import { UsersModule } from '../users/users.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { DemoAccounts } from './demo-accounts.service';
import { AuthenticationGuard } from './guards/authentication.guard';
import { RoleGuard } from './guards/role.guard';
import { LoginSlowdown } from './login-slowdown.service';
import { TokenAuthenticator } from './token-authenticator.service';
import { TokenIssuer } from './token-issuer.service';

/** Who somebody is, and which calls are for them. Every call needs a token unless it is marked public. */
@Module({
  imports: [
    UsersModule,
    JwtModule.registerAsync({
      inject: [Environment],
      useFactory: ({ jwtSecret, tokenLifetimeSeconds }: Environment) => ({
        secret: jwtSecret,
        signOptions: { algorithm: 'HS256', issuer: OWN_ISSUER, expiresIn: tokenLifetimeSeconds },
        verifyOptions: { algorithms: ['HS256'] },
      }),
    }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    TokenIssuer,
    TokenAuthenticator,
    LoginSlowdown,
    DemoAccounts,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RoleGuard },
  ],
  exports: [UsersModule, TokenAuthenticator],
})
export class AuthModule {}
