import { effect, inject, untracked } from '@angular/core';

import { SessionStore } from './session.store';

/**
 * Ends what belongs to one person when that person signs out or another signs in; call it where things
 * are injected. Returns the claim, to be called when something is begun for whoever is signed in.
 * A session that has ended ends nothing: the same person may sign in again.
 */
export function endWithUser(end: () => void): () => void {
  const session = inject(SessionStore);
  let owner: string | undefined;

  const compare = () => {
    const present = session.user()?.id;
    if (owner === undefined || owner === present) return present;
    owner = undefined;
    untracked(end);
    return present;
  };

  effect(() => void compare());
  // Compared here too: the effect may come later than the next person's first act.
  return () => {
    owner = untracked(compare);
  };
}
