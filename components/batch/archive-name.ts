type Lack = 'incomplete';

/** What the ZIP of a batch is called; its id is what ledger and audit log know it by. */
export const archiveName = (batch: string, lack?: Lack): string => `${stemOf(batch, lack)}.zip`;

/** What the list of its passphrases is called where it goes apart, wherever the files go. The README names the end of it. */
export const passphrasesName = (batch: string, lack?: Lack): string =>
  `${stemOf(batch, lack)}-passphrases.csv`;

const stemOf = (batch: string, lack: Lack | undefined) =>
  `devices-${batch.slice(0, 8)}${lack === undefined ? '' : `-${lack}`}`;
