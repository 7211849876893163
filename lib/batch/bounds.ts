/** What a page can hold beside the keys of all of them, and some minutes of issuing. More is several batches. */
export const BATCH_DEVICES_MAX = 100_000;

/** Of a table, blank ones included: four between any two devices. A file with nothing but line breaks is not worth the memory. */
export const BATCH_LINES_MAX = 5 * BATCH_DEVICES_MAX;

/** A hundred thousand rows with every subject field filled in. */
export const BATCH_CHARACTERS_MAX = 67_108_864;

/** Their names and public keys are held beside the list: some 30 MB. */
export const BATCH_REQUESTS_MAX = 20_000;
