import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  untracked,
  viewChild,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatDialog } from '@angular/material/dialog';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Router, RouterLink } from '@angular/router';
import { ChatSocket, DraftStore, IdleReporter, Outbox } from '@elite-chat/chat-data-access';
import { SessionStore } from '@elite-chat/session';
import { Avatar, Icon, type IconName } from '@elite-chat/chat-ui';
import {
  injectTranslate,
  type Language,
  LANGUAGE_NAMES,
  LANGUAGES,
  LanguageStore,
  type MessageKey,
} from '@elite-chat/i18n';

import { SignOutDialog } from './sign-out-dialog';
import { SoundStore } from '../notices/sound.store';
import { THEME_CHOICES, type ThemeChoice, ThemeStore } from '../theme/theme.store';

const THEMES: Record<ThemeChoice, { icon: IconName; label: MessageKey }> = {
  system: { icon: 'monitor', label: 'theme.system' },
  light: { icon: 'sun', label: 'theme.light' },
  dark: { icon: 'moon', label: 'theme.dark' },
};

/** The frame of the pages behind signing in: the bar with navigation, theme and account, and the page below. */
@Component({
  selector: 'chat-shell',
  imports: [Avatar, Icon, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly theme = inject(ThemeStore);
  private readonly snackBar = inject(MatSnackBar);
  private readonly dialog = inject(MatDialog);
  // Here on every page behind signing in: it sends what an earlier page has kept, whichever page this is.
  private readonly outbox = inject(Outbox);
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');

  protected readonly t = injectTranslate();
  protected readonly user = this.session.user;
  protected readonly language = inject(LanguageStore);
  protected readonly languages = LANGUAGES;
  protected readonly languageNames = LANGUAGE_NAMES;
  protected readonly sound = inject(SoundStore);
  protected readonly themeChoice = this.theme.choice;
  protected readonly themeChoices = THEME_CHOICES;
  protected readonly themes = THEMES;

  constructor() {
    // Here on every page behind signing in, so that signing out forgets the drafts.
    inject(DraftStore);
    const socket = inject(ChatSocket);
    socket.connect();
    const idleReporter = inject(IdleReporter);
    idleReporter.start();
    inject(DestroyRef).onDestroy(() => {
      socket.disconnect();
      idleReporter.stop();
    });

    // Another person signed in, in another tab: nothing of this page is theirs.
    const view = inject(DOCUMENT).defaultView;
    const userId = this.session.user()?.id;
    effect(() => {
      const present = this.session.user()?.id;
      if (present === undefined || present === userId) return;
      view?.location.assign('/');
    });
    // Signed out here or in another tab, or the session has ended: back to signing in.
    effect(() => {
      if (this.session.isSignedIn()) return;
      const hasEnded = this.session.hasEnded();
      untracked(() => {
        const queryParams = hasEnded ? { returnTo: this.router.url } : {};
        void this.router.navigate(['/sign-in'], { queryParams });
      });
    });
  }

  protected chooseTheme(choice: ThemeChoice): void {
    this.theme.choose(choice);
  }

  /** Past the navigation; by hand, since a bare anchor would be an address below the base. */
  protected skip(event: Event): void {
    event.preventDefault();
    this.content().nativeElement.focus();
  }

  protected speak(language: Language): void {
    this.language.choose(language).catch(() => {
      this.snackBar.open(this.t('language.failed'), undefined, { duration: 6_000 });
    });
  }

  /** Signs out; where that would discard what is not sent yet, only if the reader says so. */
  protected signOut(): void {
    const unsent = this.outbox.messages().length;
    if (unsent === 0) {
      this.session.signOut();
      return;
    }
    this.dialog
      .open<SignOutDialog, number, boolean>(SignOutDialog, { data: unsent })
      .afterClosed()
      .subscribe((isConfirmed) => isConfirmed && this.session.signOut());
  }
}
