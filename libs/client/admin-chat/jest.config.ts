export default {
  displayName: 'admin-chat',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/admin-chat',
};
