import { InjectionToken } from '@angular/core';

/** Where the API is: an origin such as `http://localhost:5000`, or `''` for the page's own origin. */
export const API_URL = new InjectionToken<string>('API_URL', { providedIn: 'root', factory: () => '' });
