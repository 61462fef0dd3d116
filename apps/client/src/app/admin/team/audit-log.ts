import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { AuditStore } from '@elite-chat/chat-data-access';
import { EmptyState, injectCurrentTime, ListSkeleton } from '@elite-chat/chat-ui';
import type { AuditAction, AuditEntryDto } from '@elite-chat/contracts';
import {
  explainFailure,
  formatDay,
  formatFullTime,
  formatTime,
  injectTranslate,
  LanguageStore,
  type MessageKey,
} from '@elite-chat/i18n';

const WORDS: Record<AuditAction, MessageKey> = {
  admin_created: 'audit.created',
  admin_disabled: 'audit.disabled',
  admin_enabled: 'audit.enabled',
  admin_password_reset: 'audit.passwordReset',
};

/** Who did what to whom, newest first. */
@Component({
  selector: 'chat-audit-log',
  imports: [EmptyState, ListSkeleton, MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './audit-log.html',
  styleUrl: './audit-log.scss',
})
export class AuditLog {
  private readonly locale = inject(LanguageStore).locale;
  private readonly now = injectCurrentTime();
  protected readonly t = injectTranslate();
  protected readonly audit = inject(AuditStore);

  protected readonly entries = computed(() =>
    this.audit.entries().map((entry) => ({
      seq: entry.seq,
      at: entry.at,
      text: this.wordsOf(entry),
      time: this.timeOf(new Date(entry.at)),
      fullTime: formatFullTime(new Date(entry.at), this.locale()),
    })),
  );
  protected readonly failure = computed(() => {
    const error = this.audit.error();
    return error ? explainFailure(error, this.t) : '';
  });

  protected reload(): void {
    void this.audit.start();
  }

  protected loadMore(): void {
    void this.audit.loadMore();
  }

  private wordsOf({ action, actor, subject }: AuditEntryDto): string {
    const isOwn = action === 'admin_disabled' && actor.id === subject.id;
    const key = isOwn ? 'audit.disabledSelf' : WORDS[action];
    return this.t(key, { actor: actor.name, subject: subject.name });
  }

  private timeOf(at: Date): string {
    const [now, locale] = [this.now(), this.locale()];
    return this.t('audit.time', { day: formatDay(at, now, locale), time: formatTime(at, locale) });
  }
}
