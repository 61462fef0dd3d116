/** What a page may load, by directive. */
type Directives = Record<string, string[]>;

const NOTHING: Directives = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** For answers that are data: a browser that shows one as a page runs nothing in it. */
export const DATA_POLICY: Directives = NOTHING;

const PAGE_POLICY: Directives = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/**
 * For the client; the nonce of each page is added to its styles.
 * @param apiOrigin of the API that it talks to, where that is not the page's own
 */
export function pagePolicy(apiOrigin: string | undefined): Directives {
  if (apiOrigin === undefined) return PAGE_POLICY;
  return { ...PAGE_POLICY, 'connect-src': ["'self'", apiOrigin, apiOrigin.replace(/^http/, 'ws')] };
}

/** For the documentation: Swagger UI styles its elements inline, and calls the API. */
export const DOCS_POLICY: Directives = {
  ...NOTHING,
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
};
