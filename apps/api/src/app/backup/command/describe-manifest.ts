import { type BackupManifest } from '../backup-manifest';
import { CHATS_COLLECTION, MESSAGES_COLLECTION } from '../collection-roles';

/** What a backup holds, in a few words. */
export function describeManifest({ collections, takenAt }: BackupManifest): string {
  const count = (name: string) => collections.find((one) => one.name === name)?.documents ?? 0;
  const bytes = collections.reduce((sum, collection) => sum + collection.bytes, 0);
  return [
    `${count(CHATS_COLLECTION)} chats with ${count(MESSAGES_COLLECTION)} entries`,
    `${count('users')} people`,
    `${Math.ceil(bytes / 1024)} KiB`,
    `as of ${takenAt}`,
  ].join(', ');
}
