import { displayedMessage } from '../testing/sample-messages';
import { findArrivals, NOTHING_NEW } from './arrivals';

describe('findArrivals', () => {
  const thread = [2, 3].map((seq) => displayedMessage({ seq, sender: 'cora' }));

  it('finds what came at the end, the reader’s own apart', () => {
    const fourth = displayedMessage({ seq: 4, sender: 'cora' });
    const now = [
      ...thread,
      fourth,
      displayedMessage({ seq: 5, sender: 'ada' }),
      displayedMessage({ seq: 6, sender: null, senderRole: 'system' }),
    ];
    expect(findArrivals(thread, now, 'ada')).toEqual({ own: 1, others: [fourth], refused: [] });
  });

  it('takes the first message of a thread for news, and no older page', () => {
    expect(findArrivals([], thread, 'ada').others).toEqual(thread);
    expect(findArrivals(thread, [displayedMessage({ seq: 1 }), ...thread], 'ada')).toEqual(NOTHING_NEW);
  });

  it('finds messages of the reader that were refused meanwhile', () => {
    const failed = displayedMessage({ seq: 4, status: 'failed' });
    const sending = displayedMessage({ seq: 4, status: 'sending' });
    expect(findArrivals([...thread, sending], [...thread, failed], 'customer').refused).toEqual([failed]);
    expect(findArrivals([...thread, failed], [...thread, failed], 'customer').refused).toEqual([]);
  });
});
