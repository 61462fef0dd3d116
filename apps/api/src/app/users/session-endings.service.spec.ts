import { getModelToken } from '@nestjs/mongoose';
import { type Model } from 'mongoose';
import { firstValueFrom } from 'rxjs';

import { type AccountsContext, createAccountsContext } from '../../../test/accounts-context';
import { TokenAuthenticator } from '../auth/token-authenticator.service';
import { TokenIssuer } from '../auth/token-issuer.service';
import { User } from './schemas/user.schema';
import { type SessionEnding, SessionEndings } from './session-endings.service';
import { UsersService } from './users.service';

describe('SessionEndings', () => {
  let context: AccountsContext;
  let users: UsersService;
  let id: string;

  beforeAll(async () => {
    context = await createAccountsContext();
    users = context.get(UsersService);
  });
  beforeEach(async () => {
    const account = { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' };
    id = (await users.createAccount(account, 'user'))._id.toHexString();
  });
  afterEach(() => context.users.deleteMany({}));
  afterAll(() => context.close());

  /** As another process does it: nothing in this one knows. */
  const endElsewhere = (sessionsEndedAt: Date) =>
    context.users.updateOne(
      { _id: id },
      { $set: { sessionsEndedAt, keptTokenFingerprint: null }, $inc: { sessionGeneration: 1 } },
    );

  it('tells an ending on this node before it is answered', async () => {
    const told: SessionEnding[] = [];
    context.get(SessionEndings).endings.subscribe((ending) => told.push(ending));

    await users.endOtherSessions(id, 'kept');
    await users.disable(id);

    expect(told).toEqual([{ userId: id, exceptTokenFingerprint: 'kept' }, { userId: id }]);
  });

  it('tells each ending of another node', async () => {
    const other = await context.otherNode();
    const { endings } = other.get(SessionEndings, { strict: false });

    for (const kept of ['first', 'second']) {
      const told = firstValueFrom(endings);
      await users.endOtherSessions(id, kept);
      expect(await told).toEqual({ userId: id, exceptTokenFingerprint: kept });
    }
  });

  it('tells an ending of a node whose clock is slow', async () => {
    const other = await context.otherNode();
    const { endings } = other.get(SessionEndings, { strict: false });
    const first = firstValueFrom(endings);
    await users.endOtherSessions(id, 'kept');
    await first;

    const told = firstValueFrom(endings);
    await endElsewhere(new Date(Date.now() - 30_000));
    expect(await told).toEqual({ userId: id });
  });

  it('tells an ending of another node before it accepts a newer session, and only once', async () => {
    const other = await context.otherNode();
    const stopPolling = (): never => {
      throw new Error('Nothing is polled in this test.');
    };
    jest
      .spyOn(other.get<Model<User>>(getModelToken(User.name), { strict: false }), 'find')
      .mockImplementation(stopPolling);
    const told: SessionEnding[] = [];
    other.get(SessionEndings, { strict: false }).endings.subscribe((ending) => told.push(ending));

    await users.endOtherSessions(id, 'kept');
    const account = await context.users.findById(id).lean<User>().orFail();
    const token = await context.get(TokenIssuer).issue(account);
    expect(told).toEqual([]);

    for (let call = 0; call < 2; call += 1) {
      await other.get(TokenAuthenticator, { strict: false }).authenticate(token);
      expect(told).toEqual([{ userId: id, exceptTokenFingerprint: 'kept' }]);
    }
  });

  it('does not tell what ended long ago: it would close sessions that began since', async () => {
    const told: SessionEnding[] = [];
    context.get(SessionEndings).endings.subscribe((ending) => told.push(ending));
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await context.users.updateOne(
      { _id: id },
      { $set: { sessionsEndedAt: anHourAgo, sessionGeneration: 1 } },
    );
    const account = await context.users.findById(id).lean<User>().orFail();

    await context.get(TokenAuthenticator).authenticate(await context.get(TokenIssuer).issue(account));

    expect(told).toEqual([]);
  });

  it('goes on after the database did not answer', async () => {
    const find = jest.spyOn(context.users, 'find').mockImplementation(() => {
      throw new Error('The database is away.');
    });
    const failed = new Promise<void>((resolve) => {
      const wait = setInterval(() => {
        if (find.mock.calls.length === 0) return;
        clearInterval(wait);
        resolve();
      }, 20);
    });
    await failed;
    find.mockRestore();
    const told = firstValueFrom(context.get(SessionEndings).endings);

    await endElsewhere(new Date());

    expect(await told).toEqual({ userId: id });
  });

  /** Lets each poll wait, from its first to its last, for what `until` gives for its number. */
  const holdUp = (until: (poll: number) => Promise<unknown>) => {
    const find = context.users.find.bind(context.users);
    let polls = 0;
    jest.spyOn(context.users, 'find').mockImplementation((filter) => {
      const query = find(filter);
      const exec = query.exec.bind(query);
      const held = until(++polls);
      query.exec = () => held.then(() => exec());
      return query;
    });
  };
  const never = new Promise<never>(() => undefined);

  it('tells an ending although an earlier poll is never answered', async () => {
    const { promise: first, resolve: begins } = Promise.withResolvers<undefined>();
    holdUp((poll) => {
      begins(undefined);
      return poll === 1 ? never : Promise.resolve();
    });
    await first;
    const told = firstValueFrom(context.get(SessionEndings).endings);

    await endElsewhere(new Date());

    expect(await told).toEqual({ userId: id });
  });

  it('tells an ending also by an answer that comes after it was given up', async () => {
    const { promise: second, resolve: givenUp } = Promise.withResolvers<undefined>();
    const { promise: answer, resolve: answerFirst } = Promise.withResolvers<undefined>();
    holdUp((poll) => {
      if (poll === 2) givenUp(undefined);
      return poll === 1 ? answer : never;
    });
    await second;
    const told = firstValueFrom(context.get(SessionEndings).endings);

    await endElsewhere(new Date());
    answerFirst(undefined);

    expect(await told).toEqual({ userId: id });
  });
});
