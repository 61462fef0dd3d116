import { Types } from 'mongoose';

import { type AccountsContext, createAccountsContext } from '../../../test/accounts-context';
import { UserDirectory } from './user-directory.service';
import { UsersService } from './users.service';

describe('UserDirectory', () => {
  let context: AccountsContext;
  let directory: UserDirectory;
  let id: string;

  beforeAll(async () => {
    context = await createAccountsContext();
    directory = context.get(UserDirectory);
    const account = { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' };
    id = (await context.get(UsersService).createAccount(account, 'user'))._id.toHexString();
  });
  afterAll(() => context.close());

  it('gives the people it finds and leaves out ids that nobody has or that are none', async () => {
    const people = await directory.people([id, id, new Types.ObjectId().toHexString(), 'not-an-id']);

    expect([...people]).toEqual([
      [id, { id, name: 'Cora Lane', email: 'cora@example.com', role: 'user', isDisabled: false }],
    ]);
  });

  it('reads a person once until told to forget', async () => {
    await directory.people([id]);
    const find = jest.spyOn(context.users, 'find');

    await directory.people([id]);
    expect(find).not.toHaveBeenCalled();

    directory.forget(id);
    await directory.people([id]);
    expect(find).toHaveBeenCalledTimes(1);
    find.mockRestore();
  });

  it('does not keep what was read while somebody changed', async () => {
    directory.forget(id);
    const reading = directory.people([id]);
    directory.forget(id);
    await reading;
    await context.users.updateOne({ _id: new Types.ObjectId(id) }, { $set: { name: 'Cora Long' } });

    expect((await directory.people([id])).get(id)?.name).toBe('Cora Long');
  });
});
