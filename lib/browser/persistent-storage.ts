/**
 * Asks the browser not to drop what this site keeps when the disk runs out of room (Storage standard, §4). Firefox asks the person, so
 * the answer may take as long as they like; nothing is to wait for it.
 *
 * @returns false where the browser may drop it all the same
 */
export async function keepStorage(storage: Pick<StorageManager, 'persist' | 'persisted'>): Promise<boolean> {
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}
