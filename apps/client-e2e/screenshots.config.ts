import { defineConfig } from '@playwright/test';

import tests from './playwright.config';

/** `npm run screenshots`: the pictures that the README shows, made from the built product. */
export default defineConfig(tests, { testMatch: '**/*.screenshots.ts', timeout: 180_000 });
