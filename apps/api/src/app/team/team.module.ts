import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';

import { AuditModule } from '../audit/audit.module';
import { ChatModule } from '../chat/chat.module';
import { User, UserSchema } from '../users/schemas/user.schema';
import { UsersModule } from '../users/users.module';
import { HostAdminsAnnouncer } from './host-admins-announcer';
import { TeamController } from './team.controller';
import { TeamMembers } from './team-members';
import { TeamService } from './team.service';

/** The admins' accounts, in the hands of admins. */
@Module({
  imports: [
    AuditModule,
    ChatModule,
    UsersModule,
    MongooseModule.forFeature([{ name: User.name, schema: UserSchema }]),
  ],
  controllers: [TeamController],
  providers: [HostAdminsAnnouncer, TeamMembers, TeamService],
})
export class TeamModule {}
