import { setTimeout as wait } from 'node:timers/promises';

import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type Subscription } from 'rxjs';

import { ChatBroadcaster } from './chat.broadcaster';
import { type People, toMessage } from './chat.mapper';
import { ChatViews } from './chat-views.service';
import { type Commit } from './log/log-act';
import { advanceHead, projectedHead, withHead } from './log/log-head';
import { LogReader } from './log/log-reader';
import { MessageLog } from './log/message-log';
import { NO_READ_MARKS } from './projection/read-times';
import { type Chat } from './schemas/chat.schema';
import { type Message } from './schemas/message.schema';

/** Commits whose chats are read together. */
const COMMITS_PER_ROUND_MAX = 1_000;

/** Beyond so many, as while the database is away, only the newest of each chat is kept. */
const COMMITS_GATHERED_MAX = 20_000;

/**
 * The pause after chats were read, in milliseconds, and how often at least the time that it took: the first of
 * several commits is told of at once, and what comes meanwhile together. One read for each commit would take the
 * database's time from the writes.
 */
const ROUND_PAUSE_MS = 20;
const ROUND_PAUSE_FACTOR = 2;

/** Pause before chats that could not be read are tried again, in milliseconds. */
const RETRY_MS = 500;

/** What is read of the database for the commits of one round. */
interface Surroundings {
  /** By the chat's id. */
  chats: ReadonlyMap<string, Chat>;
  people: People;
  /** Messages that were changed, as they are now, by id. */
  targets: ReadonlyMap<string, Message>;
}

/**
 * Tells others of everything that this node has committed, in order within each chat, whichever door
 * it came through. A message goes out at once; what needs more (the chat's read marks and assignee, a
 * changed message) follows after one read for all that have gathered.
 */
@Injectable()
export class CommitAnnouncer implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(CommitAnnouncer.name);
  private gathered: Commit[] = [];
  private nextRoundAt = 0;
  private announcing: Promise<void> | null = null;
  private subscription: Subscription | null = null;

  constructor(
    private readonly log: MessageLog,
    private readonly reader: LogReader,
    private readonly views: ChatViews,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  onModuleInit(): void {
    this.subscription = this.log.commits.subscribe((commit) => this.announce(commit));
  }

  /** Resolves when everything that is committed was told. */
  async settled(): Promise<void> {
    await this.announcing;
  }

  /** After the log has drained: what it commits to the last is still followed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.subscription?.unsubscribe();
    await this.settled();
  }

  private announce(commit: Commit): void {
    if (commit.lane !== 'thread') return;
    for (const entry of commit.entries) {
      if (entry.kind === 'message') this.broadcaster.newMessage(toMessage(entry, NO_READ_MARKS));
    }
    if (this.gathered.length >= COMMITS_GATHERED_MAX) this.gathered = newestOfEachChat(this.gathered);
    this.gathered.push(commit);
    this.announcing ??= this.announceGathered().finally(() => {
      this.announcing = null;
    });
  }

  private async announceGathered(): Promise<void> {
    while (this.gathered.length > 0) {
      const pause = this.nextRoundAt - performance.now();
      if (pause > 0) await wait(pause);
      const commits = this.gathered.splice(0, COMMITS_PER_ROUND_MAX);
      let surroundings: Surroundings;
      const from = performance.now();
      try {
        surroundings = await this.readSurroundings(commits);
      } catch (error) {
        this.logger.warn({ err: error }, 'Admins were not told of messages; trying again.');
        // At a stop there is no time to wait for the database: clients come up to date by the log.
        if (this.subscription?.closed) return;
        this.gathered = [...commits, ...this.gathered];
        await wait(RETRY_MS);
        continue;
      }
      const to = performance.now();
      this.nextRoundAt = to + Math.max(ROUND_PAUSE_MS, ROUND_PAUSE_FACTOR * (to - from));
      try {
        this.announceChats(commits, surroundings);
      } catch (error) {
        // What fails without the database fails again: it must not hold up those behind it.
        this.logger.error({ err: error }, 'Admins were not told of messages.');
      }
    }
  }

  private async readSurroundings(commits: readonly Commit[]): Promise<Surroundings> {
    const ids = new Map(commits.map(({ state }) => [state.chatId.toHexString(), state.chatId]));
    const chats = await this.views.documents([...ids.values()]);
    const changed = commits.flatMap(({ entries }) => entries.flatMap(({ target }) => target ?? []));
    const targets = await this.reader.byIds(changed);
    return {
      chats,
      people: await this.views.peopleOf([...chats.values()]),
      targets: new Map(targets.map((message) => [message._id.toHexString(), message])),
    };
  }

  private announceChats(commits: readonly Commit[], { chats, people, targets }: Surroundings): void {
    for (const { state, entries, changedChat } of commits) {
      const document = chats.get(state.chatId.toHexString());
      if (!document) continue;
      // A document that is further than this commit knows of changes by other nodes.
      let chat =
        document.lastSeq > state.head.seq
          ? document
          : { ...document, admin: state.adminId, isActive: state.isActive };
      let head = projectedHead(chat);
      for (const entry of entries) {
        head = advanceHead(head, entry);
        chat = withHead(chat, head);
        const target = entry.target && targets.get(entry.target.toHexString());
        if (target) {
          const message = toMessage(target, chat.readMarks);
          this.broadcaster.messageChanged({ seq: entry.seq, message }, message.chat);
        }
        if (entry.kind !== 'message' || entry.senderRole === 'system') continue;
        this.broadcaster.newChatMessage({
          chat: this.views.forAdmins(chat, people),
          message: toMessage(entry, chat.readMarks),
        });
      }
      if (changedChat) {
        chat = withHead(chat, state.head);
        this.broadcaster.chatUpdated({
          customer: this.views.forCustomer(chat, people),
          admin: this.views.forAdmins(chat, people),
        });
      }
    }
  }
}

function newestOfEachChat(commits: readonly Commit[]): Commit[] {
  const newest = new Map<string, Commit>();
  for (const commit of commits) {
    const id = commit.state.chatId.toHexString();
    const changedChat = commit.changedChat || newest.get(id)?.changedChat === true;
    newest.set(id, { ...commit, changedChat });
  }
  return [...newest.values()];
}
