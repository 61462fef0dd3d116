export {
  type DatabaseServer,
  DatabaseServerError,
  type DatabaseServerKind,
  type DatabaseServerOptions,
} from './lib/database-server';
export { startDatabaseServer } from './lib/start-database-server';
