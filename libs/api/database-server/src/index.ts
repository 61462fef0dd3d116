export {
  type DatabaseServer,
  DatabaseServerError,
  type DatabaseServerKind,
  type DatabaseServerOptions,
} from './lib/database-server';
export { findRunningDatabaseServer } from './lib/directory/directory-ownership';
export { makeDirectory } from './lib/directory/make-directory';
export { type EmbeddedServerCommand, embeddedServerCommand } from './lib/embedded-server-command';
export { freePort } from './lib/process/free-port';
export type { PublishedWheel } from './lib/wheel/published-wheel';
export { WheelCache } from './lib/wheel/wheel-cache';
export { startDatabaseServer } from './lib/start-database-server';
