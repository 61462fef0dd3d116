import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject, untracked } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { ChatSocket, SessionStore } from '@elite-chat/chat-data-access';
import { Avatar, Icon, type IconName } from '@elite-chat/chat-ui';

import { THEME_CHOICES, type ThemeChoice, ThemeStore } from '../theme/theme.store';

const THEMES: Record<ThemeChoice, { icon: IconName; label: string }> = {
  system: { icon: 'monitor', label: 'Like the device' },
  light: { icon: 'sun', label: 'Light' },
  dark: { icon: 'moon', label: 'Dark' },
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

  protected readonly user = this.session.user;
  protected readonly themeChoice = this.theme.choice;
  protected readonly themeChoices = THEME_CHOICES;
  protected readonly themes = THEMES;

  constructor() {
    const socket = inject(ChatSocket);
    socket.connect();
    inject(DestroyRef).onDestroy(() => socket.disconnect());

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

  protected signOut(): void {
    this.session.signOut();
  }
}
