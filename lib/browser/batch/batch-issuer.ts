/**
 * Issues the devices of a batch, chunk by chunk, into its checkpoint. Lives in the worker, beside the CA key.
 * @module
 */
import type { BatchDevice } from '@/lib/batch/batch-device';
import type { DeviceKey, IssuedLeaf, LeafIssuer } from '@/lib/pki/bulk/leaf-issuer';
import { requestedKey } from '@/lib/pki/bulk/request-issuer';
import { fromBase64, toBase64 } from '@/lib/pki/bytes';
import { causeOf } from './cause-of';
import type { Checkpoint } from './checkpoint';
import type { FailedInARow } from './failed-in-a-row';
import { type IssuedDevice, packChunk, unpackChunk } from './issued-chunk';

/**
 * As many devices as are between their first and their last step at once: enough to keep all makers of keys busy, few enough that a
 * chunk of RSA devices ends soon after it is told to.
 */
const DEVICES_AT_ONCE = 8;

/** What the ledger has to know of a device; nothing secret is in it. */
export type IssuedFacts = { index: number; certificateBase64: string };
export type IssuedChunk = { chunk: number; devices: IssuedFacts[] };
/** Its key, its certificate or its signature could not be made; nothing of it is in the checkpoint. */
export type FailedDevice = { index: number; commonName: string; cause: string };
/** `issued` is undefined where no device of the chunk could be. */
export type ChunkOutcome = { issued: IssuedChunk | undefined; failed: FailedDevice[] };

export type ChunkRequest = {
  /** With their places in the batch's list. */
  devices: readonly { index: number; device: BatchDevice }[];
  /** For a device that brings no request of its own. */
  makeKey: () => Promise<DeviceKey>;
  /** Each device gets one of its own. */
  hasOwnPassphrases: boolean;
  /** Over all chunks of a run; too many end the chunk. */
  row: FailedInARow;
  /** Asked after each device; true ends the chunk before its last one. */
  isEnough?: () => boolean;
};

/**
 * Durable in the checkpoint when it resolves. A device that cannot be issued is left out, and those before it are looked after in any case.
 * @returns what the ledger is told, and the chunk as the checkpoint has it, keys in the clear
 */
export async function issueChunk(
  { devices, makeKey, hasOwnPassphrases, row, isEnough = () => false }: ChunkRequest,
  issuer: LeafIssuer,
  checkpoint: Checkpoint,
  crypto: Crypto,
): Promise<ChunkOutcome & { packed: Uint8Array<ArrayBuffer> }> {
  const issued: IssuedDevice[] = [];
  const failed: FailedDevice[] = [];
  const waiting = devices.values();
  const issueOnes = async () => {
    for (const { index, device } of waiting) {
      try {
        const { key, certificate } = await issueOne(device, issuer, makeKey);
        const passphrase = hasOwnPassphrases ? randomPassphrase(crypto) : undefined;
        issued.push({ index, key, certificate, passphrase });
        row.succeeded();
      } catch (fault) {
        const cause = causeOf(fault);
        failed.push({ index, commonName: device.subject.commonName ?? '', cause });
        row.failed(cause);
      }
      if (isEnough() || row.cause !== undefined) break;
    }
  };
  await Promise.all(Array.from({ length: DEVICES_AT_ONCE }, issueOnes));
  issued.sort((left, right) => left.index - right.index);
  failed.sort((left, right) => left.index - right.index);
  const packed = packChunk(issued);
  for (const { key } of issued) key?.fill(0);
  if (issued.length === 0) return { issued: undefined, failed, packed };
  try {
    const chunk = await checkpoint.append(packed);
    return { issued: { chunk, devices: issued.map(factsOf) }, failed, packed };
  } catch (fault) {
    packed.fill(0);
    throw fault;
  }
}

async function issueOne(
  { subject, request }: BatchDevice,
  issuer: LeafIssuer,
  makeKey: () => Promise<DeviceKey>,
): Promise<IssuedLeaf> {
  if (request !== undefined) {
    const name = request.name === undefined ? undefined : fromBase64(request.name);
    return issuer.issue(name ?? subject, requestedKey(request.publicKey));
  }
  const deviceKey = await makeKey();
  try {
    return await issuer.issue(subject, deviceKey);
  } catch (fault) {
    // Nobody else will: the key of a device that failed is no device's.
    deviceKey.key.fill(0);
    throw fault;
  }
}

/** What an earlier run of the page finished, to be told to the ledger again: it may not have heard. */
export async function readChunk(chunk: number, checkpoint: Checkpoint): Promise<IssuedChunk> {
  const devices = unpackChunk(await checkpoint.read(chunk));
  for (const { key } of devices) key?.fill(0);
  return { chunk, devices: devices.map(factsOf) };
}

function factsOf({ index, certificate }: IssuedDevice): IssuedFacts {
  return { index, certificateBase64: toBase64(certificate) };
}

/** 120 bits in letters and digits that nobody mistakes for each other, in groups that can be read out. */
function randomPassphrase(crypto: Crypto): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const octets = crypto.getRandomValues(new Uint8Array(24));
  const characters = [...octets].map((octet) => alphabet[octet % alphabet.length]).join('');
  return characters.replaceAll(/(.{6})(?=.)/g, '$1-');
}
