/**
 * A second process for device keys. A browser makes all RSA keys of a process one after the other, whatever the number of workers; a
 * sandboxed frame is a process of its own, and a second one works beside the first.
 *
 * The frame has an origin that nothing shares, no network and no storage. It sees device keys, which it makes, and nothing else: no CA
 * key, no name, no passphrase. What it makes goes through a port straight to the vault's worker.
 * @module
 */

export type KeyFrame = {
  /** To be handed to the vault (`useKeyFrame`). */
  port: MessagePort;
  close(): void;
};

/** What the frame is asked for. */
export type KeyFrameRequest = { id: number; algorithm: RsaHashedKeyGenParams | EcKeyGenParams };
/** What it answers: first that it is there, then keys as PKCS#8 in the clear. */
export type KeyFrameAnswer =
  | { ready: true }
  | { id: number; key: ArrayBuffer }
  | { id: number; failed: string };

/** All that runs in the frame. Text, because the frame must not load anything, not even from the console. */
export const KEY_FRAME_SCRIPT = `
onmessage = ({ ports: [port] }) => {
  port.onmessage = async ({ data: { id, algorithm } }) => {
    try {
      const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const key = await crypto.subtle.exportKey('pkcs8', privateKey);
      port.postMessage({ id, key }, [key]);
    } catch (error) {
      port.postMessage({ id, failed: String(error) });
    }
  };
  port.postMessage({ ready: true });
};`;

/**
 * Opens the frame in a page. It runs under the page's own policy, by the page's nonce, and under a stricter one of its own.
 * @returns undefined where a second process would bring nothing, or the page has no nonce to give
 */
export function openKeyFrame(page: Document, processors: number): KeyFrame | undefined {
  const nonce = page.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  if (!nonce || processors < 2) return undefined;
  const { port1, port2 } = new MessageChannel();
  const frame = page.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.srcdoc = [
    '<!doctype html><meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'nonce-${nonce}'">`,
    `<script nonce="${nonce}">${KEY_FRAME_SCRIPT}</script>`,
  ].join('');
  // Its origin is opaque and cannot be named; nothing secret goes along, and no other document can be in it.
  frame.addEventListener('load', () => frame.contentWindow?.postMessage(null, '*', [port2]), { once: true });
  page.body.append(frame);
  return { port: port1, close: () => frame.remove() };
}
