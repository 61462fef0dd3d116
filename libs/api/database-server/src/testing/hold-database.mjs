// Starts the database on the directory given and waits to be killed: what an API process does, seen from outside.
// Runs the TypeScript sources as they are, under `node --experimental-transform-types`.
import { registerHooks } from 'node:module';
import { setInterval } from 'node:timers';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isOurs = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
    return nextResolve(isOurs ? `${specifier}.ts` : specifier, context);
  },
});

const { startDatabaseServer } = await import('../lib/start-database-server.ts');
const server = await startDatabaseServer({ dataDirectory: process.argv[2], report: () => undefined });
setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
// As a process that fails: it ends without stopping its database.
process.once('SIGUSR2', () => process.exit(1));
// Last: whoever reads it may send a signal at once.
process.stdout.write(`${server.uri}\n`);
