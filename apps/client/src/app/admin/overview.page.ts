import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ChatSocket, OverviewStore } from '@elite-chat/chat-data-access';
import { ConnectionBanner, EmptyState } from '@elite-chat/chat-ui';
import type { InboxFilter, OverviewDto } from '@elite-chat/contracts';
import { explainFailure, injectTranslate, LanguageStore, type MessageKey } from '@elite-chat/i18n';

/** The figures in the order in which they are shown, each with the part of the inbox that it counts. */
const FIGURES: readonly { name: keyof OverviewDto; label: MessageKey; show: InboxFilter | null }[] = [
  { name: 'waiting', label: 'overview.waiting', show: 'waiting' },
  { name: 'unread', label: 'overview.unread', show: 'unread' },
  { name: 'open', label: 'overview.open', show: 'open' },
  { name: 'customersOnline', label: 'overview.customersOnline', show: null },
  { name: 'messagesToday', label: 'overview.messagesToday', show: null },
];

/** What there is to do, in figures that are kept up to date; each leads to the inbox. */
@Component({
  selector: 'chat-overview-page',
  imports: [ConnectionBanner, EmptyState, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './overview.page.html',
  styleUrl: './overview.page.scss',
})
export class OverviewPage {
  protected readonly t = injectTranslate();
  protected readonly overview = inject(OverviewStore);
  protected readonly socket = inject(ChatSocket);
  private readonly locale = inject(LanguageStore).locale;

  protected readonly figures = computed(() => {
    const figures = this.overview.figures();
    const locale = this.locale();
    return FIGURES.map(({ name, label, show }) => ({
      name,
      label,
      queryParams: { show },
      value: figures?.[name].toLocaleString(locale) ?? null,
    }));
  });
  protected readonly failure = computed(() => {
    const error = this.overview.error();
    return error ? explainFailure(error, this.t) : '';
  });

  protected reload(): void {
    void this.overview.start();
  }
}
