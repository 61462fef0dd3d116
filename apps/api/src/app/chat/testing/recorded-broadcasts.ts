import { type ServerEventName } from '@elite-chat/contracts';

import { ChatBroadcaster } from '../chat.broadcaster';

/** One emit, with the rooms that it went to. */
export interface RecordedBroadcast {
  rooms: string[];
  except: string[];
  event: ServerEventName;
  payload: unknown;
}

/** The real broadcaster on a server that writes down what would go out. */
export function recordBroadcasts(): { broadcaster: ChatBroadcaster; broadcasts: RecordedBroadcast[] } {
  const broadcasts: RecordedBroadcast[] = [];
  const to = (rooms: string | string[], except: string[] = []) => ({
    except: (room: string) => to(rooms, [...except, room]),
    get volatile() {
      return to(rooms, except);
    },
    emit: (event: ServerEventName, payload: unknown) =>
      broadcasts.push({ rooms: [rooms].flat(), except, event, payload }),
  });
  const broadcaster = new ChatBroadcaster();
  Reflect.set(broadcaster, 'server', { to, local: { to } });
  return { broadcaster, broadcasts };
}
