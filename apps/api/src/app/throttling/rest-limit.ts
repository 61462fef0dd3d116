/** Name of the limit that every REST call is under. */
export const REST_LIMIT = 'rest';
