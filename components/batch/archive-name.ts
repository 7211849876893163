/** What the ZIP of a batch is called; its id is what ledger and audit log know it by. */
export const archiveName = (batch: string, lack?: 'incomplete'): string =>
  `devices-${batch.slice(0, 8)}${lack === undefined ? '' : `-${lack}`}.zip`;
