import type { NewChatMessage } from '@elite-chat/contracts';
import { aChat, aMessage } from '@elite-chat/testing';
import { from, toArray } from 'rxjs';

import { firstTold } from './first-told';

describe('firstTold', () => {
  const news = (seq: number, chat = aChat()): NewChatMessage => ({ chat, message: aMessage({ seq }) });

  function told(all: readonly NewChatMessage[]): string[] {
    let entries: string[] = [];
    from(all)
      .pipe(firstTold(), toArray())
      .subscribe((first) => (entries = first.map(({ chat, message }) => `${chat.epoch} ${message.seq}`)));
    return entries;
  }

  it('lets each entry through once, in whatever order they are told', () => {
    expect(told([news(1), news(3), news(2), news(3), news(1)])).toHaveLength(3);
  });

  it('takes the same number of another chat or another epoch for another entry', () => {
    const others = [news(1), news(1, aChat({ id: 'f'.repeat(24) })), news(1, aChat({ epoch: 'restored' }))];
    expect(told(others)).toHaveLength(3);
  });
});
