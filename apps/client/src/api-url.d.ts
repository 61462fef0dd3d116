/** Base URL of the API, put in at build time; empty: the page's own origin. */
declare const API_URL: string;
