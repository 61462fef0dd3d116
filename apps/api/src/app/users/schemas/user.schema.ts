import { EMAIL_LENGTH_MAX, USER_ROLES, type UserRole } from '@elite-chat/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { type Types } from 'mongoose';

/** Issuer of our own accounts and of their tokens. No host user can have it, nor a token made there pose as ours. */
export const OWN_ISSUER = 'elite-chat';

/**
 * A person. Whoever vouches for them is the issuer, who knows them by the subject: ourselves for own
 * accounts, by the email with which they sign in; the host application for its users, by its own id.
 */
@Schema({ collection: 'users', versionKey: false, timestamps: true })
export class User {
  _id!: Types.ObjectId;

  @Prop({ type: String, required: true })
  name!: string;

  /** Trimmed, lower case. A host user may share it with an own account. */
  @Prop({ type: String, required: true, maxlength: EMAIL_LENGTH_MAX })
  email!: string;

  @Prop({ type: String, required: true, enum: USER_ROLES })
  role!: UserRole;

  /** {@link OWN_ISSUER}, or `iss` of the host application's tokens, empty where these have none. */
  @Prop({ type: String, default: '' })
  issuer!: string;

  /** The email of an own account; `sub` or `id` of a host user's tokens. */
  @Prop({ type: String, required: true })
  subject!: string;

  /** Own accounts only: argon2id, in PHC format. */
  @Prop({ type: String })
  passwordHash?: string;

  /** Host users only: `iat` of the newest token that name, email and role were taken from; seconds. */
  @Prop({ type: Number })
  profileIssuedAt?: number;

  /** Host users only: the latest `exp` of the accepted tokens without `iat`; seconds. */
  @Prop({ type: Number, default: null })
  newestTokenExpiry?: number | null;

  /** A disabled person is refused everywhere; no token changes that. */
  @Prop({ type: Boolean, required: true, default: false })
  isDisabled!: boolean;

  /** Counts the endings of all sessions; an own token carries the number at which it was issued. */
  @Prop({ type: Number, required: true, default: 0 })
  sessionGeneration!: number;

  /** When all sessions were last ended. */
  @Prop({ type: Date, default: null })
  sessionsEndedAt!: Date | null;

  /** What `newestTokenExpiry` was then: it tells a token without `iat` from those that were ended. */
  @Prop({ type: Number, default: null })
  endedTokenExpiry?: number | null;

  /** The one session that was spared then, by its token's fingerprint. */
  @Prop({ type: String, default: null })
  keptTokenFingerprint!: string | null;

  createdAt!: Date;
  updatedAt!: Date;
}

/** Mongoose schema of {@link User}. */
export const UserSchema = SchemaFactory.createForClass(User);

// "The own account with this email", "the host user with this issuer and subject": equality on both. Decides
// when several registrations or first calls at once want the same.
UserSchema.index({ issuer: 1, subject: 1 }, { name: 'users_by_issuer_and_subject', unique: true });

// "Whose sessions were ended lately": a window of sessionsEndedAt, read by every node.
UserSchema.index({ sessionsEndedAt: 1 }, { name: 'users_by_ending_of_sessions' });

// "The admins, in the order in which they were made": equality on the role, and a window of _id.
UserSchema.index({ role: 1, _id: 1 }, { name: 'users_by_role' });

/** Whether this person signs in here, with a password of ours. */
export function isOwnAccount({ issuer }: Pick<User, 'issuer'>): boolean {
  return issuer === OWN_ISSUER;
}
