export default {
  displayName: 'client',
  preset: '../../libs/client/jest.preset.js',
  coverageDirectory: '../../coverage/apps/client',
};
