export default {
  displayName: 'chat-thread',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/chat-thread',
};
