import { AUDIT_ACTIONS, type AuditAction } from '@elite-chat/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { SchemaTypes, type Types } from 'mongoose';

/** Who did something, or whom or what it concerned, as they were called then. */
@Schema({ _id: false })
export class AuditParty {
  @Prop({ type: SchemaTypes.ObjectId, required: true })
  id!: Types.ObjectId;

  @Prop({ type: String, required: true })
  name!: string;
}

const AuditPartySchema = SchemaFactory.createForClass(AuditParty);

/**
 * One act, written in the transaction of what it tells of. Its `_id` is its number: "a page of the audit
 * log" is a window of `_id`, whose ends are arithmetic, since no number is left out.
 */
@Schema({ collection: 'audit_entries', versionKey: false })
export class AuditEntry {
  /** From 1 upwards without a gap. */
  @Prop({ type: Number, required: true })
  _id!: number;

  @Prop({ type: String, required: true, enum: AUDIT_ACTIONS })
  action!: AuditAction;

  @Prop({ type: AuditPartySchema, required: true })
  actor!: AuditParty;

  @Prop({ type: AuditPartySchema, required: true })
  subject!: AuditParty;

  @Prop({ type: Date, required: true })
  at!: Date;
}

/** Mongoose schema of {@link AuditEntry}. */
export const AuditEntrySchema = SchemaFactory.createForClass(AuditEntry);
