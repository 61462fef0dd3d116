export default {
  displayName: 'chat-data-access',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/chat-data-access',
};
