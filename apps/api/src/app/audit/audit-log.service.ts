import { type AuditAction } from '@elite-chat/contracts';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type ClientSession, type Model, Types } from 'mongoose';

import { isDuplicateKey } from '../database/is-duplicate-key';
import { AuditEntry } from './schemas/audit-entry.schema';
import { AUDIT_HEAD, AuditHead } from './schemas/audit-head.schema';

/** An act that is to be recorded. Names are kept as they are now; no secrets, no texts of messages. */
export interface AuditedAct {
  action: AuditAction;
  /** Who does it. */
  actor: { id: string; name: string };
  /** Whom or what it concerns. */
  subject: { id: string; name: string };
}

/** The audit log: who did what to whom, in numbers without a gap over all nodes. */
@Injectable()
export class AuditLog implements OnApplicationBootstrap {
  constructor(
    @InjectModel(AuditEntry.name) private readonly entries: Model<AuditEntry>,
    @InjectModel(AuditHead.name) private readonly heads: Model<AuditHead>,
  ) {}

  /** Makes the head where there is none: two transactions that both made it would fail instead of wait. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.heads.updateOne({ _id: AUDIT_HEAD }, { $setOnInsert: { seq: 0 } }, { upsert: true });
    } catch (error) {
      // Another node that starts at the same time was faster.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /**
   * Records an act in its own transaction: with it or not at all. To be called before the transaction
   * reads what it decides by: from then on no other recorded act can come between.
   */
  async record(session: ClientSession, { action, actor, subject }: AuditedAct): Promise<AuditEntry> {
    await this.heads.updateOne({ _id: AUDIT_HEAD }, { $inc: { seq: 1 } }, { session });
    const head = await this.heads.findById(AUDIT_HEAD).session(session).lean<AuditHead>();
    if (!head) throw new Error('The audit log has no head.');
    const entry: AuditEntry = {
      _id: head.seq,
      action,
      actor: { id: new Types.ObjectId(actor.id), name: actor.name },
      subject: { id: new Types.ObjectId(subject.id), name: subject.name },
      at: new Date(),
    };
    await this.entries.create([entry], { session });
    return entry;
  }

  /** The entries before a number (default: the end of the log), newest first. */
  async page(before: number | undefined, limit: number): Promise<AuditEntry[]> {
    const head = await this.heads.findById(AUDIT_HEAD).lean<AuditHead>();
    const end = Math.min(before ?? Infinity, (head?.seq ?? 0) + 1);
    return this.entries
      .find({ _id: { $gte: end - limit, $lt: end } })
      .sort({ _id: -1 })
      .lean<AuditEntry[]>();
  }
}
