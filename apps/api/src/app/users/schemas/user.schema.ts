import { EMAIL_LENGTH_MAX, USER_ROLES, type UserRole } from '@elite-chat/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { type HydratedDocument, type Types } from 'mongoose';

/** Where a person signs in: with a password of ours (`own`), or at the host application (`host`). */
export const USER_ORIGINS = ['own', 'host'] as const;

/** One of the places where a person can sign in. */
export type UserOrigin = (typeof USER_ORIGINS)[number];

/** A person. Own accounts have a password, host users the name under which the host application knows them. */
@Schema({ collection: 'users', versionKey: false, timestamps: true })
export class User {
  _id!: Types.ObjectId;

  @Prop({ type: String, required: true })
  name!: string;

  /** Trimmed, lower case. Unique among own accounts only: a host user may share it with one. */
  @Prop({ type: String, required: true, maxlength: EMAIL_LENGTH_MAX })
  email!: string;

  @Prop({ type: String, required: true, enum: USER_ROLES })
  role!: UserRole;

  @Prop({ type: String, required: true, enum: USER_ORIGINS })
  origin!: UserOrigin;

  /** Own accounts only: argon2id, in PHC format. */
  @Prop({ type: String })
  passwordHash?: string;

  /** Host users only: `iss` of their tokens, empty where these have none. */
  @Prop({ type: String })
  issuer?: string;

  /** Host users only: `sub` or `id` of their tokens. */
  @Prop({ type: String })
  subject?: string;

  /** Host users only: `iat` of the newest token that name, email and role were taken from; seconds. */
  @Prop({ type: Number })
  profileIssuedAt?: number;

  /** A disabled person is refused everywhere; no token changes that. */
  @Prop({ type: Boolean, required: true, default: false })
  isDisabled!: boolean;

  /** Counts the endings of all sessions; an own token carries the number at which it was issued. */
  @Prop({ type: Number, required: true, default: 0 })
  sessionGeneration!: number;

  /** When all sessions were last ended. */
  @Prop({ type: Date, default: null })
  sessionsEndedAt!: Date | null;

  /** The one session that was spared then, by its token's fingerprint. */
  @Prop({ type: String, default: null })
  keptTokenFingerprint!: string | null;

  createdAt!: Date;
  updatedAt!: Date;
}

/** A person as Mongoose hydrates it. */
export type UserDocument = HydratedDocument<User>;

/** Mongoose schema of {@link User}. */
export const UserSchema = SchemaFactory.createForClass(User);

// "The own account with this email": equality on both. Decides when several registrations at once want one.
UserSchema.index(
  { origin: 1, email: 1 },
  { name: 'own_accounts_by_email', unique: true, partialFilterExpression: { origin: 'own' } },
);

// "The host user with this issuer and subject": equality on all. Decides when several first calls want to make it.
UserSchema.index(
  { origin: 1, issuer: 1, subject: 1 },
  { name: 'host_users_by_subject', unique: true, partialFilterExpression: { origin: 'host' } },
);

// "Whose sessions were ended lately": a window of sessionsEndedAt, read by every node.
UserSchema.index({ sessionsEndedAt: 1 }, { name: 'users_by_ending_of_sessions' });
