import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ApiProcess } from '@elite-chat/api-process';
import { apiPaths, type MessageDto, type MessagePageDto, type OverviewDto } from '@elite-chat/contracts';

import { runCommand } from './support/command';
import { eventually } from './support/eventually';
import { People, Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let directory: string;
let folder: string;
let other: ApiProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'elite-chat-backup-e2e-'));
  folder = join(directory, 'backup');
  other = await ApiProcess.prepare({ HOST_ADMINS: 'true' });
});

afterAll(async () => {
  await other.dispose();
  await rm(directory, { recursive: true, force: true });
});

const restoreInto = (api: ApiProcess, ...args: string[]) =>
  runCommand('restore', [folder, ...args], { DATA_DIR: api.dataDirectory });

async function wholeThread(person: Person, chatId: string): Promise<MessagePageDto> {
  const messages: MessageDto[] = [];
  let page: MessagePageDto | undefined;
  do {
    const { body } = await person.rest.get<MessagePageDto>(
      `${apiPaths.userMessages(chatId)}?after=${page?.seq ?? 0}&limit=100`,
    );
    page = body;
    messages.push(...page.messages);
  } while (page.hasMore);
  return { ...page, messages };
}

it('a backup of a running product holds what was acknowledged, and a restore brings it back whole', async () => {
  const [admin, ...customers] = await Promise.all([
    stage.people.admin(),
    ...Array.from({ length: 8 }, (_, index) => stage.people.customer(`Customer ${index}`)),
  ]);
  if (!admin) throw new Error('There is no admin.');
  const isBusy = { now: true };
  const acknowledged = new Map<string, { person: Person; chatId: string; seqs: number[] }>();
  const write = async (person: Person) => {
    const chat = await person.chat();
    const [own, admins] = [await person.connect(), await admin.connect()];
    const told = { person, chatId: chat.id, seqs: [] as number[] };
    acknowledged.set(chat.id, told);
    for (let turn = 1; isBusy.now; turn++) {
      const socket = turn % 3 === 0 ? admins : own;
      const { seq } = await socket.ask('send_message', { chatId: chat.id, message: `Turn ${turn}` });
      told.seqs.push(seq);
      if (turn % 7 === 0) await admins.ask('mark_read', { chatId: chat.id });
    }
  };
  const writers = customers.map(write);
  await eventually(() => [...acknowledged.values()].filter(({ seqs }) => seqs.length > 10).length === 8);

  const before = new Map([...acknowledged].map(([id, { seqs }]) => [id, [...seqs]]));
  const backedUp = await runCommand('backup', [folder], { DATA_DIR: stage.api.dataDirectory }).finally(() => {
    isBusy.now = false;
  });
  await Promise.all(writers);
  expect(backedUp).toEqual({ code: 0, printed: expect.stringMatching(/^Backed up to .*: 8 chats with /) });

  const restored = await restoreInto(other);
  expect(restored).toEqual({ code: 0, printed: expect.stringMatching(/Restored .*: 8 chats with /) });
  await other.start();

  for (const { person, chatId } of acknowledged.values()) {
    const { epoch } = await person.chat();
    // The same token: whoever was signed in stays so.
    const same = new Person(other, person.token, person.user);
    const thread = await wholeThread(same, chatId);
    expect(thread.epoch).not.toBe(epoch);
    expect(thread.messages.map(({ seq }) => seq)).toEqual(thread.messages.map((_, index) => index + 1));
    expect(thread.lastSeq).toBe(thread.messages.length);
    expect(thread.lastSeq).toBeGreaterThanOrEqual(Math.max(...(before.get(chatId) ?? [])));
    expect((await same.chat()).id).toBe(chatId);
  }
  const { body: overview } = await new Person(other, admin.token, admin.user).rest.get<OverviewDto>(
    apiPaths.adminOverview,
  );
  expect(overview).toMatchObject({ open: 8 });

  // People go on writing where the log ends.
  const newcomer = await new People(other).customer();
  expect(await newcomer.writes((await newcomer.chat()).id, 'Hello again')).toMatchObject({ seq: 1 });
  await other.stop();
});

it('a restore leaves data alone that a server uses, or that are there already', async () => {
  expect(await restoreInto(stage.api, '--replace')).toEqual({
    code: 1,
    printed: 'It was not restored. EliteChat is running on this database. Stop it first.\n',
  });
  expect(await restoreInto(other)).toEqual({
    code: 1,
    printed: expect.stringMatching(/It was not restored\. The database is not empty\..*--replace/),
  });
  expect(await restoreInto(other, '--replace')).toMatchObject({ code: 0 });
});

it('a new epoch can be given to a database that was restored by other means', async () => {
  await other.start();
  const epochNow = async () => (await (await new People(other).customer()).chat()).epoch;
  const before = await epochNow();
  await other.stop();
  const result = await runCommand('restore', ['--new-epoch'], { DATA_DIR: other.dataDirectory });
  expect(result).toEqual({ code: 0, printed: expect.stringContaining('clients load everything anew') });
  await other.start();
  expect(await epochNow()).not.toBe(before);
  await other.stop();
});

it('a database that does not answer is said in one line, without its password', async () => {
  const MONGODB_URI = 'mongodb://ann:hidden@127.0.0.1:9/elitechat';
  const result = await runCommand('backup', [join(directory, 'nothing')], { MONGODB_URI });
  expect(result).toEqual({
    code: 1,
    printed: expect.stringMatching(/There is no backup\. The database does not answer[^\n]*MONGODB_URI\.\n$/),
  });
  expect(result.printed).not.toContain('hidden');
});
