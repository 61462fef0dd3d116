import { displayedMessage } from '../testing/displayed-message';
import { countArrivals } from './arrivals';

describe('countArrivals', () => {
  const thread = [2, 3].map((seq) => displayedMessage({ seq, sender: 'cora' }));

  it('counts what came at the end, the reader’s own apart', () => {
    const now = [
      ...thread,
      displayedMessage({ seq: 4, sender: 'ada' }),
      displayedMessage({ seq: 5, sender: 'cora' }),
      displayedMessage({ seq: 6, sender: null, senderRole: 'system' }),
    ];
    expect(countArrivals(thread, now, 'ada')).toEqual({ own: 1, others: 1 });
  });

  it('takes neither an older page nor a thread shown for the first time for news', () => {
    expect(countArrivals(thread, [displayedMessage({ seq: 1 }), ...thread], 'ada')).toEqual({
      own: 0,
      others: 0,
    });
    expect(countArrivals([], thread, 'ada')).toEqual({ own: 0, others: 0 });
  });
});
