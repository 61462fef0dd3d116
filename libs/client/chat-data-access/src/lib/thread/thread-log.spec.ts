import { aMessage, aMessagePage, messagesBetween } from '@elite-chat/testing';

import { ThreadLog } from './thread-log';

describe('ThreadLog', () => {
  it('begins anew with the numbers of another epoch, also lower ones', () => {
    const log = new ThreadLog();
    log.reset(aMessagePage(messagesBetween(1, 5)));
    log.reset(aMessagePage(messagesBetween(1, 3), { epoch: 'restored' }));
    expect(log.completeSeq).toBe(3);
    expect(log.receive(aMessage({ seq: 5 }))).toBe(true);
  });
});
