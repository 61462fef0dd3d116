import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import { provideRouter, TitleStrategy, withComponentInputBinding } from '@angular/router';
import { provideChatClient } from '@elite-chat/chat-data-access';

import { routes } from './app.routes';
import { PageTitle } from './page-title';
import { ThemeStore } from './theme/theme.store';

/** What the whole application is given. */
export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes, withComponentInputBinding()),
    provideChatClient({ apiUrl: API_URL }),
    { provide: TitleStrategy, useClass: PageTitle },
    provideAppInitializer(() => inject(ThemeStore).apply()),
  ],
};
