import { MESSAGE_BYTES_MAX, PAYLOAD_BYTES_MAX } from '@elite-chat/contracts';

const NESTED = 4_000;
const STRANGER = '0123456789abcdef01234567';

/** JSON written by hand of what a client may say; `chatId` is a chat that it may write to. */
export function poisonedPayloads(chatId: string): string[] {
  const chat = `"chatId":"${chatId}"`;
  return [
    `{"chatId":{"$ne":null},"message":"x"}`,
    `{"chatId":["${chatId}"],"message":"x"}`,
    `{"chatId":"${chatId}\\u0000","message":"x"}`,
    `{"chatId":"${STRANGER}","message":"x"}`,
    `{${chat},"message":{"$gt":""}}`,
    `{${chat},"message":["x"]}`,
    `{${chat},"message":12}`,
    `{${chat},"message":true}`,
    `{${chat},"message":null}`,
    `{${chat},"message":" \\n\\t "}`,
    `{${chat},"message":"\\ud800\\ud800"}`,
    `{${chat},"message":"${'ä'.repeat(MESSAGE_BYTES_MAX / 2 + 1)}"}`,
    `{${chat},"message":"x","messageType":"evil"}`,
    `{${chat},"message":"x","messageType":{"$ne":"text"}}`,
    `{${chat},"message":"x","clientMessageId":{"$gt":""}}`,
    `{${chat},"message":"x","clientMessageId":"not an id"}`,
    `{${chat},"message":"x","seq":1}`,
    `{${chat},"message":"x","sender":"${STRANGER}"}`,
    `{${chat},"message":"x","$where":"sleep(1000)"}`,
    `{${chat},"message":"x","__proto__":{"isAdmin":true}}`,
    `{${chat},"message":"x","constructor":{"prototype":{"isAdmin":true}}}`,
    `{${chat},"message":${'['.repeat(NESTED)}${']'.repeat(NESTED)}}`,
    `{"a":${'{"a":'.repeat(NESTED)}1${'}'.repeat(NESTED)}}`,
    'null',
    '5',
    '"text"',
    '[]',
    '{}',
  ];
}

/** What other events may be told. */
export function poisonedEvents(chatId: string): [string, string][] {
  const chat = `"chatId":"${chatId}"`;
  return [
    ['join_chat', `{"chatId":{"$gt":""}}`],
    ['get_messages', `{${chat},"after":{"$gt":0}}`],
    ['get_messages', `{${chat},"after":-1}`],
    ['get_messages', `{${chat},"after":1e99}`],
    ['get_messages', `{${chat},"after":1,"before":2}`],
    ['get_messages', `{${chat},"limit":100000}`],
    ['mark_read', `{${chat},"seq":"1"}`],
    ['mark_read', `{${chat},"seq":1.5}`],
    ['typing', `{${chat},"isTyping":"yes"}`],
    ['assign_chat', `{${chat}}`],
    ['__proto__', '{}'],
    ['constructor', '{}'],
    ['toString', '{}'],
    ['disconnect_everybody', '{}'],
  ];
}

/** Frames that are no event at all; each ends its own connection at most. */
export function poisonedFrames(): (string | Buffer)[] {
  return [
    '42',
    '42[',
    '42{}',
    '42[]',
    '42[5]',
    '421["send_message"',
    '451-["send_message",{"_placeholder":true,"num":0}]',
    '459999999-["send_message"]',
    '4',
    '9',
    '43["unasked"]',
    '4399999999[]',
    `42["send_message",${'['.repeat(20_000)}`,
    `42["send_message","${'x'.repeat(PAYLOAD_BYTES_MAX)}"]`,
    `42["send_message","${'x'.repeat(1_048_576)}"]`,
    Buffer.concat([
      Buffer.from('42["send_message",{"message":"'),
      Buffer.from([0xc3, 0x28, 0xff, 0xfe]),
      Buffer.from('"}]'),
    ]),
    Buffer.from([0xff, 0xff, 0xff]),
    '',
  ];
}
