import type { Routes } from '@angular/router';

import { DashboardPage } from './dashboard.page';

/** The customer's pages. */
export const dashboardRoutes: Routes = [{ path: '', title: 'title.dashboard', component: DashboardPage }];
