import { LightSocket } from './light-socket';
import { type Person } from './person';

/** Handshakes under way at once. */
const HANDSHAKES = 25;

/** The sockets of one chat; the first one sends. */
export interface Room {
  chatId: string;
  sockets: LightSocket[];
}

/** Opens sockets of each person, and lets them into the rooms. */
export async function gather(
  url: string,
  people: readonly Person[],
  socketsEach: number,
  joins: boolean,
): Promise<Room[]> {
  const rooms: Room[] = people.map(({ chatId }) => ({ chatId, sockets: [] }));
  const todo = people.flatMap((person, index) =>
    Array.from({ length: socketsEach }, () => ({ person, index })),
  );
  const work = async (): Promise<void> => {
    for (let next = todo.pop(); next; next = todo.pop()) {
      const socket = await LightSocket.connect(url, next.person.token);
      if (joins) await socket.ask('join_chat', { chatId: next.person.chatId });
      rooms[next.index]?.sockets.push(socket);
    }
  };
  await Promise.all(Array.from({ length: HANDSHAKES }, work));
  return rooms;
}
