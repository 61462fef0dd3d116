import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { apiPaths, type ChatDto } from '@elite-chat/contracts';
import { JwtService } from '@nestjs/jwt';
import { Types } from 'mongoose';

import { type Person } from '../load/person';
import { ServerProcess } from '../processes/server-process';
import { BUILT } from '../paths';
import { type Arm, type ArmName } from './arm';

const JWT_SECRET = randomBytes(48).toString('base64');

/** On, but so high that the bench meets none. */
const LIMITS = [
  'LIMIT_REST_PER_MINUTE',
  'LIMIT_HANDSHAKES_PER_MINUTE',
  'LIMIT_SOCKET_EVENTS_PER_TEN_SECONDS',
  'LIMIT_MESSAGES_PER_TEN_SECONDS',
];

const LIMIT = '1000000';

const SCRIPTS: Record<ArmName, string> = {
  raw: 'bench/raw.js',
  recovery: 'bench/recovery.js',
  insertOne: 'bench/insert-one.js',
  tutorial: 'bench/tutorial.js',
  ours: 'api/main.js',
};

/** Where an arm runs. */
export interface ArmPlace {
  /** The database server; each arm has a database of its own there. */
  databaseUri: string;
  /** A folder for what a server writes beside the database. */
  directory: string;
  /** The database's name; by default the arm's. */
  databaseName?: string;
  /** A folder for a profile of our own arm. */
  profileDirectory?: string;
}

/** Starts an arm and waits until it answers. */
export async function startArm(name: ArmName, place: ArmPlace): Promise<Arm> {
  const profileDirectory = name === 'ours' ? place.profileDirectory : undefined;
  const server = await ServerProcess.start({ ...armProgram(name, place), profileDirectory });
  return { name, server, people: name === 'ours' ? (count) => customers(server, count) : strangers };
}

/** How an arm is started. */
export function armProgram(
  name: ArmName,
  { databaseUri, directory, databaseName = `bench_${name}` }: ArmPlace,
) {
  const uri = new URL(databaseUri);
  uri.pathname = `/${databaseName}`;
  return {
    script: join(BUILT, SCRIPTS[name]),
    directory,
    settings: {
      MONGODB_URI: uri.href,
      JWT_SECRET,
      HOST_ADMINS: 'true',
      DATA_DIR: directory,
      ...Object.fromEntries(LIMITS.map((variable) => [variable, LIMIT])),
    },
  };
}

/** A token as the host application would make it. */
export function hostToken(role: 'user' | 'admin' = 'user'): string {
  return new JwtService({ secret: JWT_SECRET }).sign(
    { sub: randomUUID(), name: 'Cora Lane', email: 'cora@example.com', role },
    { expiresIn: '1d' },
  );
}

function strangers(count: number): Promise<Person[]> {
  return Promise.resolve(
    Array.from({ length: count }, () => ({ token: '', chatId: new Types.ObjectId().toHexString() })),
  );
}

async function customers(server: ServerProcess, count: number): Promise<Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    const token = hostToken();
    const answer = await fetch(`${server.url}/api/${apiPaths.userChat}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`No chat: ${answer.status} ${await answer.text()}`);
    const chat: ChatDto = JSON.parse(await answer.text());
    people.push({ token, chatId: chat.id });
  }
  return people;
}
