const { createCjsPreset } = require('jest-preset-angular/presets');

const nxPreset = require('../../jest.preset.js');

/** How every Angular project is tested: zoneless, in jsdom. */
module.exports = {
  ...nxPreset,
  ...createCjsPreset({ tsconfig: '<rootDir>/tsconfig.json' }),
  // Modules that Jest has to turn into CommonJS: those of Angular, and Transloco's own, which don't end in mjs.
  transformIgnorePatterns: ['node_modules/(?!(.*\\.mjs$|@angular/common/locales/.*\\.js$|@jsverse/utils/))'],
  setupFilesAfterEnv: [require.resolve('./test-setup.ts')],
};
