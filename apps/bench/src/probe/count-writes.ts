import { mongo } from 'mongoose';

/** Name of each command that writes, and of the list with what it writes. */
const WRITES = { insert: 'documents', update: 'updates', delete: 'deletes' } as const;

/** Counts the documents that this process writes, where its database's address says `monitorCommands=true`. */
export function countWrites(): () => number {
  let writes = 0;
  const { connect } = mongo.MongoClient.prototype;
  mongo.MongoClient.prototype.connect = function () {
    this.on('commandStarted', ({ commandName, command }) => {
      for (const [name, list] of Object.entries(WRITES)) {
        if (name === commandName) writes += command[list]?.length ?? 1;
      }
    });
    return connect.call(this);
  };
  return () => writes;
}
