/**
 * Issuing one device, in the order that keeps the ledger's promise: certificate, durable row, bundle, download,
 * confirmation. No byte of the bundle leaves the worker before its row is durable.
 * @module
 */

import { orNoAnswer } from '@/components/ui/no-answer';
import type { DeviceRequest, HandleUnknown, PreparedDevice } from '@/lib/browser/pki.protocol';
import type { PkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import type { BundleTarget } from '@/lib/pki/bundle';
import type { DeviceFault } from '@/lib/pki/device-certificate';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { Result } from '@/lib/result';
import type { IssuedSubject } from './issued-subject';

/** What the server adds to a bundle. */
export type DeliveryFacts = { host: string; port: number; serverRootPem: string };

export type ReserveInput = {
  environment: string;
  caId: string;
  certificatePem: string;
  keyOrigin: IssuedSubject['keyOrigin'];
  /** The certificate whose place the new one is to take. */
  replaces: string | undefined;
  /** What was chosen to keep to. */
  profileId?: string | undefined;
};
export type IssueActions = {
  reserve(input: ReserveInput): Promise<Result<DeliveryFacts, Failure>>;
  confirmDelivery(input: { environment: string; certificateId: string }): Promise<Result<undefined, Failure>>;
};

export type IssuePorts = IssueActions & {
  pki: Pick<PkiClient, 'call'>;
  save(fileName: string, bytes: Uint8Array<ArrayBuffer>): void;
};

export type IssuePlace = {
  environment: string;
  caId: string;
  words: BundleTarget['words'];
  replaces: string | undefined;
  profileId?: string | undefined;
};

/** A certificate that was made; it waits in the worker until its bundle has been downloaded. */
export type MadeDevice = PreparedDevice & { clientName: string; keyOrigin: IssuedSubject['keyOrigin'] };

export type IssuedDevice = MadeDevice & { delivery: DeliveryFacts };

export type IssueFault =
  | { at: 'prepare'; fault: DeviceFault | HandleUnknown | WorkerStopped }
  /** The server told why not, or did not answer at all; the certificate waits and the same one is asked for again. */
  | { at: 'reserve'; failure: Failure }
  | { at: 'finish'; fault: HandleUnknown | WorkerStopped };

/** Makes key and certificate in the worker. */
export async function prepareDevice(
  request: DeviceRequest,
  clientNameOf: (facts: CertificateFacts) => string,
  { pki }: Pick<IssuePorts, 'pki'>,
): Promise<Result<MadeDevice, IssueFault>> {
  const prepared = await orStopped(pki.call('prepareDevice', request));
  if (!prepared.ok) return { ok: false, failure: { at: 'prepare', fault: prepared.failure } };
  const keyOrigin = request.source.kind === 'csr' ? 'device' : 'console';
  const clientName = clientNameOf(prepared.value.facts);
  return { ok: true, value: { ...prepared.value, clientName, keyOrigin } };
}

/** Makes the ledger's row durable. Asking again for the same certificate is harmless. */
export async function reserveDevice(
  made: MadeDevice,
  { environment, caId, replaces, profileId }: IssuePlace,
  { reserve }: Pick<IssuePorts, 'reserve'>,
): Promise<Result<IssuedDevice, IssueFault>> {
  const { certificatePem, keyOrigin } = made;
  const reserved = await orNoAnswer(
    reserve({
      environment,
      caId,
      certificatePem,
      keyOrigin,
      replaces,
      ...(profileId !== undefined && { profileId }),
    }),
  );
  if (!reserved.ok) return { ok: false, failure: { at: 'reserve', failure: reserved.failure } };
  return { ok: true, value: { ...made, delivery: reserved.value } };
}

/**
 * Downloads the bundle of a reserved device and says so to the ledger; may be repeated while the tab is open.
 *
 * @returns whether the ledger knows; a bundle that was saved and not confirmed is still a good bundle
 */
export async function deliverBundle(
  device: IssuedDevice,
  { environment, words }: IssuePlace,
  ports: IssuePorts,
): Promise<Result<{ isConfirmed: boolean }, IssueFault>> {
  const { pki, save } = ports;
  const { draftHandle, certificateId, clientName, delivery } = device;
  const target = { ...delivery, thingName: clientName, words };
  const bundle = await orStopped(pki.call('finishBundle', { draftHandle, target }));
  if (!bundle.ok) return { ok: false, failure: { at: 'finish', fault: bundle.failure } };
  save(bundle.value.fileName, bundle.value.bytes);
  return { ok: true, value: { isConfirmed: await confirmBundle(certificateId, { environment }, ports) } };
}

/** Tells the ledger that the bundle was saved; whether it knows. */
export async function confirmBundle(
  certificateId: string,
  { environment }: Pick<IssuePlace, 'environment'>,
  { confirmDelivery }: Pick<IssuePorts, 'confirmDelivery'>,
): Promise<boolean> {
  const confirmed = await orNoAnswer(confirmDelivery({ environment, certificateId }));
  return confirmed.ok;
}
