import { inject } from '@angular/core';
import { type CanActivateFn, type RedirectFunction, Router } from '@angular/router';
import { SessionStore } from '@elite-chat/session';
import type { UserRole } from '@elite-chat/contracts';

/** The first page of a role. */
export const HOME_PATHS: Record<UserRole, string> = { user: '/dashboard', admin: '/admin/messages' };

/** Lets in who is signed in with `role`; others go to sign in, or to the pages of their own role. */
export function requireRole(role: UserRole): CanActivateFn {
  return (_route, state) => {
    const session = inject(SessionStore);
    const router = inject(Router);
    const user = session.user();
    if (!user || !session.isSignedIn()) {
      return router.createUrlTree(['/sign-in'], { queryParams: { returnTo: state.url } });
    }
    return user.role === role || router.parseUrl(HOME_PATHS[user.role]);
  };
}

/** Whoever is signed in needs no page to sign in. */
export const requireSignedOut: CanActivateFn = () => {
  const home = homeOf(inject(SessionStore));
  return home === null || inject(Router).parseUrl(home);
};

/** From the bare address to where the person belongs. */
export const redirectHome: RedirectFunction = () => homeOf(inject(SessionStore)) ?? '/sign-in';

function homeOf(session: SessionStore): string | null {
  const user = session.user();
  return user && session.isSignedIn() ? HOME_PATHS[user.role] : null;
}
