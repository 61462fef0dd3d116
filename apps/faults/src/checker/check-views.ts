import { type ChatClient } from '@elite-chat/chat-client';

import { type StoredData } from './stored-data';

/** Where what a client shows differs from what is stored: entries, rows, badges; empty where nothing does. */
export function checkViews(clients: readonly ChatClient[], data: StoredData): string[] {
  return clients.flatMap((client) => [...checkThreads(client, data), ...checkInbox(client, data)]);
}

function checkThreads(client: ChatClient, { entries }: StoredData): string[] {
  const faults: string[] = [];
  for (const chatId of client.chatIds) {
    const view = client.view(chatId);
    const log = entries.get(chatId) ?? [];
    const who = `${client.user.role} ${client.user.id} in ${chatId}`;
    faults.push(...view.conflicts.map((conflict) => `${who} was told two things: ${conflict}`));
    if (view.completeSeq !== log.length)
      faults.push(`${who} is complete up to ${view.completeSeq} of ${log.length}`);
    for (const entry of log) {
      const shown = view.messages.get(entry.seq);
      if (!shown) faults.push(`${who} does not show ${entry.seq}`);
      else if (shown.id !== entry._id.toHexString() || shown.message !== entry.message)
        faults.push(`${who} shows another ${entry.seq}`);
    }
    for (const seq of view.messages.keys())
      if (seq > log.length) faults.push(`${who} shows ${seq}, which is not stored`);
  }
  return faults;
}

function checkInbox(client: ChatClient, { chats }: StoredData): string[] {
  if (client.user.role !== 'admin') return [];
  const faults: string[] = [];
  for (const chat of chats) {
    const id = chat._id.toHexString();
    const row = client.inbox.chats.get(id);
    const shown = row && [row.lastSeq, row.unreadCount.admin, row.admin?.id ?? null, row.isActive];
    const stored = [chat.lastSeq, chat.unreadCount.admin, chat.admin?.toHexString() ?? null, chat.isActive];
    if (row === undefined && chat.isListed) faults.push(`the inbox of ${client.user.id} lacks ${id}`);
    if (row !== undefined && String(shown) !== String(stored))
      faults.push(
        `the inbox of ${client.user.id} shows ${String(shown)} of ${id}, stored is ${String(stored)}`,
      );
  }
  return faults;
}
