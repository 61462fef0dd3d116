import { TestBed } from '@angular/core/testing';
import { anAdmin, aUser } from '@elite-chat/testing';
import { SessionStore } from '@elite-chat/session';

import { FakeChatServer } from '../../../test/fake-chat-server';
import { endClient, type RunningClient, settle, startClient } from '../../../test/start-client';
import { DraftStore } from './draft.store';

describe('DraftStore', () => {
  afterEach(endClient);

  /** A page as it is after a reload: what is kept in the browser, and nothing else. */
  const loadAgain = async (): Promise<DraftStore> => {
    window.dispatchEvent(new Event('pagehide'));
    const kept = { ...localStorage };
    endClient();
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
    await startClient();
    const drafts = TestBed.inject(DraftStore);
    await settle();
    return drafts;
  };

  const signInAs = async ({ session, server }: RunningClient, user = aUser()) => {
    server.user = user;
    await session.signIn({ email: user.email, password: 'customer-demo-1' });
    await settle();
  };

  it('keeps the draft of each chat over a reload, the last keys before it too', async () => {
    await startClient();
    const drafts = TestBed.inject(DraftStore);
    drafts.keep('one', 'For one');
    drafts.keep('two', 'For tw');
    drafts.keep('two', 'For two');
    const again = await loadAgain();
    expect([again.of('one'), again.of('two'), again.of('three')]).toEqual(['For one', 'For two', '']);
  });

  it('forgets a draft that was sent or emptied', async () => {
    await startClient();
    const drafts = TestBed.inject(DraftStore);
    drafts.keep('one', 'For one');
    await settle(500);
    drafts.keep('one', '');
    expect(drafts.drafts().size).toBe(0);
    expect((await loadAgain()).of('one')).toBe('');
  });

  it('forgets everything when its writer signs out, also what an earlier page has kept', async () => {
    await startClient();
    TestBed.inject(DraftStore).keep('one', 'A secret');
    expect((await loadAgain()).of('one')).toBe('A secret');
    TestBed.inject(SessionStore).signOut();
    await settle(500);
    expect(JSON.stringify({ ...localStorage })).not.toContain('A secret');
  });

  it('never shows one person’s drafts to another', async () => {
    const client = await startClient();
    const drafts = TestBed.inject(DraftStore);
    drafts.keep('one', 'A secret');
    await signInAs(client, anAdmin());
    expect(drafts.of('one')).toBe('');
    await settle(500);
    expect(JSON.stringify({ ...localStorage })).not.toContain('A secret');
  });

  it('keeps them when a session ends, for the same person to sign in again', async () => {
    const client = await startClient();
    const drafts = TestBed.inject(DraftStore);
    drafts.keep('one', 'Half a thought');
    client.session.end(client.session.token() ?? '');
    await settle(500);
    await signInAs(client);
    expect(drafts.of('one')).toBe('Half a thought');
  });

  it('is silent about rubbish in the browser’s storage', async () => {
    const server = new FakeChatServer();
    localStorage.setItem(`elite-chat.drafts.${aUser().id}`, '{"one":[1');
    await startClient(server);
    expect(TestBed.inject(DraftStore).drafts().size).toBe(0);
  });
});
