export * from './lib/wire-shapes';
