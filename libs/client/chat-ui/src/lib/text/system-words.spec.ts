import { TestBed } from '@angular/core/testing';
import type { SystemEventDto } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

import { displayedMessage } from '../testing/sample-messages';
import { explainSystemMessage } from './system-words';

describe('explainSystemMessage', () => {
  const by = { id: 'ada', name: 'Ada Moss', role: 'admin' } as const;

  const words = (system: SystemEventDto | undefined, readerId: string) => {
    const { message } = displayedMessage({
      seq: 1,
      senderRole: 'system',
      sender: null,
      message: 'In English.',
      system,
    });
    return explainSystemMessage(message, readerId, TestBed.runInInjectionContext(injectTranslate));
  };

  it.each([
    [
      { kind: 'assigned', admin: by },
      'You have joined the conversation.',
      'Ada Moss has joined the conversation.',
    ],
    [{ kind: 'closed', by }, 'You have closed the conversation.', 'Ada Moss has closed the conversation.'],
    [
      { kind: 'reopened', by },
      'You have opened the conversation again.',
      'Ada Moss has opened the conversation again.',
    ],
    [{ kind: 'reopened' }, 'The conversation was opened again.', 'The conversation was opened again.'],
    [
      { kind: 'unassigned', by },
      'You have handed the conversation back. Who answers next takes it.',
      'Ada Moss has handed the conversation back. Somebody else will answer here.',
    ],
  ] satisfies [SystemEventDto, string, string][])(
    'tells whoever did %j so, and others who it was',
    (system, own, others) => {
      expect([words(system, 'ada'), words(system, 'cora')]).toEqual([own, others]);
    },
  );

  it('leaves what it does not know in the words of the server', () => {
    expect(words(undefined, 'ada')).toBe('In English.');
  });
});
