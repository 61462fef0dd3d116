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
        path: 'messages',
        title: 'title.messages',
        loadChildren: () => import('@elite-chat/admin-chat').then(({ adminChatRoutes }) => adminChatRoutes),
      },
    ],
  },
];
