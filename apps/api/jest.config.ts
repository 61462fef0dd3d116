export default {
  displayName: 'api',
  preset: '../../jest.preset.js',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  setupFiles: ['<rootDir>/test/quiet-logs.ts'],
  testTimeout: 30_000,
  // Nest's packages are ES modules: Jest turns everything into one kind.
  transformIgnorePatterns: ['/node_modules/'],
  transform: {
    '^.+\\.(ts|mjs|js)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
        },
      },
    ],
  },
  coverageDirectory: '../../coverage/apps/api',
};
