export {
  type DatabaseServer,
  DatabaseServerError,
  type DatabaseServerKind,
  type DatabaseServerOptions,
} from './lib/database-server';
export { findRunningDatabaseServer } from './lib/directory/directory-ownership';
export { startDatabaseServer } from './lib/start-database-server';
