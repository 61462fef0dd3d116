import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import { provideRouter, TitleStrategy, withComponentInputBinding } from '@angular/router';
import { provideSession } from '@elite-chat/session';
import { provideI18n } from '@elite-chat/i18n';

import { routes } from './app.routes';
import { PageTitle } from './page-title';
import { ThemeStore } from './theme/theme.store';

/** What the whole application is given. */
export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes, withComponentInputBinding()),
    provideI18n(),
    provideSession({ apiUrl: API_URL }),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideAppInitializer(() => inject(ThemeStore).apply()),
  ],
};
