export {
  type DatabaseServer,
  DatabaseServerError,
  type DatabaseServerKind,
  type DatabaseServerOptions,
} from './lib/database-server';
export { findRunningDatabaseServer } from './lib/directory/directory-ownership';
export { makeDirectory } from './lib/directory/make-directory';
export { startDatabaseServer } from './lib/start-database-server';
