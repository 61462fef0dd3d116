/** The load generator: a process of its own, which does what it is asked. */
import { answerParent } from '../processes/conversation';
import { gather, type Room } from './crowd';
import { throughCuts } from './cuts/through-cuts';
import { type LoadQuestion } from './load-questions';
import { closedLoop, openLoop } from './loops';

let rooms: Room[] = [];

answerParent<LoadQuestion>(async (question) => {
  switch (question.kind) {
    case 'connect':
      rooms = await gather(question.url, question.people, question.socketsEach, question.joins);
      return rooms.length;
    case 'closedLoop':
      return closedLoop(rooms, question.inFlight, question);
    case 'openLoop':
      return openLoop(rooms, question.perSecond, question.milliseconds);
    case 'markRead':
      return rooms[0]?.sockets[0]?.ask('mark_read', { chatId: question.chatId, seq: question.seq });
    case 'cuts':
      return throughCuts(question);
    case 'terminate':
      for (const { sockets } of rooms) for (const socket of sockets) socket.terminate();
      rooms = [];
      return 0;
  }
});
