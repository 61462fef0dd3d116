export * from './lib/api-process';
export * from './lib/host-token';
export * from './lib/workspace';
