import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

import { Conversation } from '../processes/conversation';
import { type CutsPlan, type CutsResult } from './cuts/through-cuts';
import { type LoadQuestion, type LoadResult } from './load-questions';
import { type Person } from './person';

/** The load generator, seen from the bench. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(join(__dirname, 'generator.js'));
  private readonly conversation = new Conversation<LoadQuestion>(this.child);

  /** Opens sockets of each person; where `joins`, they enter the rooms of their chats. */
  async connect(url: string, people: Person[], socketsEach: number, joins = true): Promise<void> {
    await this.conversation.ask({ kind: 'connect', url, people, socketsEach, joins });
  }

  /** Runs a loop to its end. */
  run(loop: Extract<LoadQuestion, { kind: 'closedLoop' | 'openLoop' }>): Promise<LoadResult> {
    return this.conversation.ask(loop);
  }

  /** Marks a chat as read up to an entry. */
  async markRead(chatId: string, seq: number): Promise<void> {
    await this.conversation.ask({ kind: 'markRead', chatId, seq });
  }

  /** Sends to listeners whose lines are cut again and again. */
  sufferCuts(plan: CutsPlan): Promise<CutsResult> {
    return this.conversation.ask({ kind: 'cuts', ...plan });
  }

  /** Ends every connection. */
  async terminate(): Promise<void> {
    await this.conversation.ask({ kind: 'terminate' });
  }

  /** Ends the process. */
  stop(): void {
    this.child.kill();
  }
}
