/** More than the texts of WebCrypto and of our own code; whatever else a library says is cut. */
const CAUSE_CHARACTERS_MAX = 200;

/** What was thrown, for people who have to tell somebody: its name, and its text where it has one. WebCrypto's faults have none. */
export function causeOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault).slice(0, CAUSE_CHARACTERS_MAX);
  const { name, message } = fault;
  return (message === '' ? name : `${name}: ${message}`).slice(0, CAUSE_CHARACTERS_MAX);
}
