import { type ApiProcess } from '@elite-chat/api-process';
import { type ChatClient } from '@elite-chat/chat-client';

import { until } from '../until';
import { type ClientOptions, type World } from './world';

const CONNECT_WAIT_MS = 30_000;

/** Several customers with a chat each, and admins who have all of them open. */
export interface BusyChats {
  clients: ChatClient[];
  customers: ChatClient[];
  admins: ChatClient[];
  chatIds: string[];
}

/**
 * Brings people in and waits until they are connected.
 * @param nodes the people are spread over them
 */
export async function busyChats(
  world: World,
  nodes: readonly [ApiProcess, ...ApiProcess[]],
  size: { customers: number; admins: number },
  options: ClientOptions = {},
): Promise<BusyChats> {
  const nodeOf = (index: number): ApiProcess => nodes[index % nodes.length] ?? nodes[0];
  const customers: ChatClient[] = [];
  const chatIds: string[] = [];
  for (let index = 0; index < size.customers; index++) {
    const { client, chatId } = await world.customer(nodeOf(index), options);
    customers.push(client);
    chatIds.push(chatId);
  }
  const admins: ChatClient[] = [];
  for (let index = 0; index < size.admins; index++)
    admins.push(await world.admin(nodeOf(index), chatIds, options));
  const clients = [...customers, ...admins];
  await until('All connected', CONNECT_WAIT_MS, () => clients.every((client) => client.isSettled));
  return { clients, customers, admins, chatIds };
}
