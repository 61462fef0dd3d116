export default {
  displayName: 'session',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/session',
};
