import type { Routes } from '@angular/router';

import { AdminPage } from './admin.page';

/** The admin area. */
export const adminRoutes: Routes = [
  {
    path: '',
    component: AdminPage,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'messages' },
      {
        path: 'overview',
        title: 'title.overview',
        loadComponent: () => import('./overview.page').then(({ OverviewPage }) => OverviewPage),
      },
      {
        path: 'team',
        title: 'title.team',
        loadComponent: () => import('./team/team.page').then(({ TeamPage }) => TeamPage),
      },
      {
        path: 'messages',
        title: 'title.messages',
        loadChildren: () => import('@elite-chat/admin-chat').then(({ adminChatRoutes }) => adminChatRoutes),
      },
    ],
  },
];
