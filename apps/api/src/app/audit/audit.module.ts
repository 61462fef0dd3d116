import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';

import { AuditController } from './audit.controller';
import { AuditLog } from './audit-log.service';
import { AuditService } from './audit.service';
import { AuditEntry, AuditEntrySchema } from './schemas/audit-entry.schema';
import { AuditHead, AuditHeadSchema } from './schemas/audit-head.schema';

/** The audit log: where acts are recorded, and where admins read of them. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: AuditEntry.name, schema: AuditEntrySchema },
      { name: AuditHead.name, schema: AuditHeadSchema },
    ]),
  ],
  controllers: [AuditController],
  providers: [AuditLog, AuditService],
  exports: [AuditLog],
})
export class AuditModule {}
