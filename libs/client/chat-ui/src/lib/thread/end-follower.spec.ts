import { EndFollower, FOLLOW_DISTANCE_PX } from './end-follower';

const at = (distance: number) => ({ scrollHeight: 2_000, clientHeight: 500, scrollTop: 1_500 - distance });

describe('EndFollower', () => {
  it('follows from the beginning', () => {
    expect(new EndFollower().added({ own: 0, others: 1 })).toBe(true);
  });

  it('follows a reader who is within the distance, and no other', () => {
    const follower = new EndFollower();
    follower.moved(at(FOLLOW_DISTANCE_PX));
    expect(follower.added({ own: 0, others: 1 })).toBe(true);
    follower.moved(at(FOLLOW_DISTANCE_PX + 1));
    expect(follower.added({ own: 0, others: 1 })).toBe(false);
  });

  it('counts what a reader further up has not seen', () => {
    const follower = new EndFollower();
    follower.moved(at(900));
    follower.added({ own: 0, others: 2 });
    follower.added({ own: 0, others: 1 });
    expect(follower.missedCount).toBe(3);
  });

  it('goes to the end with a message of one’s own, wherever the reader is', () => {
    const follower = new EndFollower();
    follower.moved(at(900));
    follower.added({ own: 0, others: 2 });
    expect(follower.added({ own: 1, others: 0 })).toBe(true);
    expect(follower.missedCount).toBe(0);
  });

  it('follows again once the reader has come back, or asked for the end', () => {
    const follower = new EndFollower();
    follower.moved(at(900));
    follower.added({ own: 0, others: 2 });
    follower.moved(at(10));
    expect([follower.isFollowing, follower.missedCount]).toEqual([true, 0]);
    follower.moved(at(900));
    follower.goneToEnd();
    expect(follower.added({ own: 0, others: 1 })).toBe(true);
  });
});
