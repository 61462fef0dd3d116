import { type DatabaseServer, DatabaseServerError } from './database-server';

/** The database of MONGODB_URI as it is: nothing of it is ours. */
export function externalServer(uri: string): DatabaseServer {
  if (!/^mongodb(\+srv)?:\/\//.test(uri)) {
    throw new DatabaseServerError('MONGODB_URI must begin with mongodb:// or mongodb+srv://');
  }
  return {
    uri,
    kind: 'external',
    description: `the database of MONGODB_URI at ${hostOf(uri)}`,
    ours: false,
    exited: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

/** Hosts alone: what stands before the last @ may be a password, even a wrongly written one. */
function hostOf(uri: string): string {
  const afterScheme = uri.slice(uri.indexOf('://') + 3);
  return afterScheme.slice(afterScheme.lastIndexOf('@') + 1).split(/[/?]/, 1)[0] ?? '';
}
