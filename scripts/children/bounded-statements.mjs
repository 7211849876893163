/**
 * `SET LOCAL statement_timeout` for the embedded database, which takes the setting and never acts on it: no timer of its own can fire
 * while a statement runs in the one thread. Here the time is looked at whenever a statement reads from or writes to its files, and when
 * it is up the statement is cancelled as PostgreSQL does it (SQLSTATE 57014). A statement that touches no file for long does not exist:
 * what fits into the database's memory is read in less than a second.
 * @module
 */
import { performance } from 'node:perf_hooks';

const SETS_BOUND = /^set local statement_timeout = (\d+)$/i;

/** Calls of the database to its host that every long statement makes again and again. */
const HOST_CALLS = ['fd_pread', 'fd_pwrite', 'fd_read', 'fd_write', 'emscripten_date_now'];

/** Of the wire protocol: a query as text; a statement to be prepared, whose text follows its name. */
const QUERY = 0x51;
const PARSE = 0x50;
/** No statement that sets the bound is longer. */
const SET_BYTES_MAX = 80;

/**
 * Opens a database whose statements can be bounded.
 *
 * @template {import('@electric-sql/pglite').PGlite} Database
 * @param {() => Promise<Database>} create
 * @returns {Promise<Database>}
 */
export async function openBounded(create) {
  let dueAt = Number.POSITIVE_INFINITY;
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (module, imports) => {
    // Creating a database takes more than one instance; each cancels itself.
    let cancel = () => {};
    for (const calls of Object.values(imports ?? {})) {
      for (const name of HOST_CALLS) {
        // Some of them are proxies, which make what they are asked for.
        const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
        if (typeof call !== 'function') continue;
        const timed = (...given) => {
          if (performance.now() > dueAt) {
            dueAt = Number.POSITIVE_INFINITY;
            cancel();
          }
          return call(...given);
        };
        // Emscripten keeps the signature of a call as its property.
        calls[name] = Object.assign(timed, call);
      }
    }
    const made = await instantiate(module, imports);
    const { exports } = made.instance ?? made;
    if (exports?.QueryCancelPending !== undefined) {
      const memory = imports.env.memory ?? exports.memory;
      cancel = () => {
        const view = new DataView(memory.buffer);
        view.setInt32(exports.QueryCancelPending.value, 1, true);
        view.setInt32(exports.InterruptPending.value, 1, true);
      };
    }
    return made;
  };
  const db = await create();
  WebAssembly.instantiate = instantiate;

  let boundMs = 0;
  const execute = db.execProtocolRawStream.bind(db);
  db.execProtocolRawStream = async (message, options) => {
    boundMs = boundIn(message) ?? boundMs;
    if (boundMs > 0) dueAt = performance.now() + boundMs;
    try {
      return await execute(message, options);
    } finally {
      dueAt = Number.POSITIVE_INFINITY;
      if (!db.isInTransaction()) boundMs = 0;
    }
  };
  return db;
}

/** @param {Uint8Array} message */
function boundIn(message) {
  if (message.length > SET_BYTES_MAX || (message[0] !== QUERY && message[0] !== PARSE)) return undefined;
  const [first = '', second = ''] = Buffer.from(message.buffer, message.byteOffset, message.length)
    .subarray(5)
    .toString('latin1')
    .split('\0');
  const bound = SETS_BOUND.exec(message[0] === QUERY ? first : second)?.[1];
  return bound === undefined ? undefined : Number(bound);
}
