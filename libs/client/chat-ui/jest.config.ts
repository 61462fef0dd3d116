export default {
  displayName: 'chat-ui',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/chat-ui',
};
