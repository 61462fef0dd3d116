export default {
  displayName: 'chat-widget',
  preset: '../jest.preset.js',
  coverageDirectory: '../../../coverage/libs/client/chat-widget',
};
