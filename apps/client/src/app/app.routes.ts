import type { Routes } from '@angular/router';

import { redirectHome, requireRole, requireSignedOut } from './session/session.guards';

/** Every page. What needs the chat's connection is loaded when it is opened. */
export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: redirectHome },
  {
    path: 'sign-in',
    title: 'title.signIn',
    canActivate: [requireSignedOut],
    loadComponent: () => import('./account/sign-in.page').then(({ SignInPage }) => SignInPage),
  },
  {
    path: 'register',
    title: 'title.register',
    canActivate: [requireSignedOut],
    loadComponent: () => import('./account/register.page').then(({ RegisterPage }) => RegisterPage),
  },
  {
    path: 'dashboard',
    canActivate: [requireRole('user')],
    loadChildren: () => import('./dashboard/dashboard.routes').then(({ dashboardRoutes }) => dashboardRoutes),
  },
  {
    path: 'admin',
    canActivate: [requireRole('admin')],
    loadChildren: () => import('./admin/admin.routes').then(({ adminRoutes }) => adminRoutes),
  },
  {
    path: '**',
    title: 'title.notFound',
    loadComponent: () => import('./not-found/not-found.page').then(({ NotFoundPage }) => NotFoundPage),
  },
];
