export * from './lib/api-process';
export * from './lib/free-port';
export * from './lib/workspace';
