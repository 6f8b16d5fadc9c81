import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process runs work under the same lock file. The lock is an exclusive SQLite transaction:
 * the operating system drops it with the process, however that ends, so a stale lock cannot exist.
 */
export async function withExclusiveLock<T>(lockPath: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lockPath), { recursive: true });
  const database = new DatabaseSync(lockPath);
  try {
    let waited = false;
    while (!tryLock(database)) {
      if (!waited) onWait();
      waited = true;
      await sleep(pollMs);
    }
    return await work();
  } finally {
    database.close();
  }
}

const pollMs = 250;
const SQLITE_BUSY = 5;

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
