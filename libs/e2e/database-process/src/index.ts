export * from './lib/database-process';
