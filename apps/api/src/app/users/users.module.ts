import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';

import { HostUsersService } from './host-users.service';
import { PasswordHasher } from './password-hasher.service';
import { User, UserSchema } from './schemas/user.schema';
import { SessionEndings } from './session-endings.service';
import { UserDirectory } from './user-directory.service';
import { UsersService } from './users.service';

/** People: where they are stored, what can happen to them, and what others may know of them. */
@Module({
  imports: [MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])],
  providers: [UsersService, HostUsersService, UserDirectory, PasswordHasher, SessionEndings],
  exports: [UsersService, HostUsersService, UserDirectory, PasswordHasher, SessionEndings],
})
export class UsersModule {}
