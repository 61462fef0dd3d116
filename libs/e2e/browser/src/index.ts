export * from './lib/find-browser';
export * from './lib/line-bytes';
