const { createCjsPreset } = require('jest-preset-angular/presets');

const nxPreset = require('../../jest.preset.js');

/** How every Angular project is tested: zoneless, in jsdom. */
module.exports = {
  ...nxPreset,
  ...createCjsPreset({ tsconfig: '<rootDir>/tsconfig.json' }),
  setupFilesAfterEnv: [require.resolve('./test-setup.ts')],
};
