/**
 * Imported first by every child process: when the launcher is gone, even by `kill -9`, the channel to it closes, and the child ends with
 * everything it started.
 * @module
 */

process.on('disconnect', endGroup);
// The launcher may have gone while this process was still loading.
if (process.send !== undefined && !process.connected) endGroup();

// The channel alone is no reason to stay alive.
process.channel?.unref();

/** Tells the launcher that this process can be used. */
export function ready(value) {
  process.send?.({ ready: true, value });
}

/** Waits for the launcher's one message. Call it first, so that none is missed. */
export function heardFromLauncher() {
  return new Promise((resolve) => {
    // Until then this process may have nothing else to stay alive for.
    process.channel?.ref();
    process.once('message', (message) => {
      process.channel?.unref();
      resolve(message);
    });
  });
}

/** Ends this process with a sentence that the launcher shows. */
export function failed(sentence) {
  if (process.send === undefined) process.exit(1);
  process.send({ failed: sentence }, () => process.exit(1));
}

function endGroup() {
  try {
    // The launcher makes each child the leader of its own group.
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}
