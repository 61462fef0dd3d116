import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** Id of the one document. */
export const AUDIT_HEAD = 'audit';

/**
 * How far the audit log goes. Each recorded act writes this document in its transaction, so that of two
 * at once only one goes through, and the other is judged again after it.
 */
@Schema({ collection: 'audit_heads', versionKey: false })
export class AuditHead {
  /** {@link AUDIT_HEAD}. */
  @Prop({ type: String, required: true })
  _id!: string;

  /** Number of the last entry; 0 before the first. */
  @Prop({ type: Number, required: true })
  seq!: number;
}

/** Mongoose schema of {@link AuditHead}. */
export const AuditHeadSchema = SchemaFactory.createForClass(AuditHead);
