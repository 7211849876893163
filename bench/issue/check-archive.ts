/**
 * Whether what was measured is worth anything: the archive as others see it.
 * @module
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

/** Looking at each of thousands would take longer than making them. */
const DEVICES_CHECKED = 100;

/** Throws where devices are missing, or a key, certificate or chain is not what it should be. */
export function checkArchive(file: string, devices: number): void {
  const entries = unzipSync(readFileSync(file));
  const keys = Object.keys(entries).filter((name) => name.endsWith('.key'));
  if (keys.length !== devices) throw new Error(`${keys.length} keys of ${devices} devices`);
  const step = Math.max(1, Math.floor(devices / DEVICES_CHECKED));
  for (let at = 0; at < devices; at += step) checkDevice(keys[at] ?? '', entries);
}

function checkDevice(keyName: string, entries: Record<string, Uint8Array>): void {
  const stem = keyName.slice(0, -'.key'.length);
  const text = (name: string) => Buffer.from(entries[name] ?? []).toString();
  const certificate = new X509Certificate(text(`${stem}.crt`));
  const chain = text(`${stem}-chain.crt`);
  if (!chain.startsWith(text(`${stem}.crt`))) throw new Error(`${stem}: the chain begins otherwise`);
  const issuer = new X509Certificate(chain.slice(text(`${stem}.crt`).length));
  if (!certificate.verify(issuer.publicKey)) throw new Error(`${stem}: not signed by the CA`);
  if (!certificate.checkPrivateKey(createPrivateKey(text(keyName)))) throw new Error(`${stem}: another key`);
}
