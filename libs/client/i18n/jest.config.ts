export default {
  displayName: 'i18n',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/i18n',
};
