import 'server-only';
import { clientNameOf } from '@/components/dry-run/dry-run';
import { mqttHost } from '@/lib/aws/trust/server-trust';
import type { Environment } from '@/lib/config/environments';
import { type DiagnosedNow, diagnoseDevice } from '@/lib/devices/diagnose-device';
import { feedOf } from '@/lib/devices/live/feeds';
import { knownValue } from '@/lib/diagnosis/known';
import type { Failure } from '@/lib/failure';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { Result } from '@/lib/result';

export type DevicePage = DiagnosedNow & {
  /** What the device calls itself, as far as thing, template and name tell. */
  clientName: string;
  /** Where it connects. */
  host: Result<string, Failure>;
};

export async function readDevicePage(
  environment: Environment,
  certificateId: string,
  options: { now: Date; isCloudTrailWanted: boolean },
): Promise<DevicePage> {
  const [diagnosed, host] = await Promise.all([
    diagnoseDevice(environment, certificateId, options),
    mqttHost(environment),
  ]);
  // Its first contact may have come before anybody listened.
  if (diagnosed.device.status === 'PENDING_ACTIVATION') feedOf(environment).follow(certificateId);
  return { ...diagnosed, host, clientName: clientNameFrom(diagnosed, certificateId) };
}

function clientNameFrom({ facts, device }: DiagnosedNow, certificateId: string): string {
  const dryRun = knownValue(facts.dryRun);
  return (
    device.things[0] ??
    clientNameOf(dryRun?.kind === 'evaluated' ? dryRun.evaluation : undefined, {
      certificateId,
      serialNumberDecimal: '',
      subject: { commonName: device.commonName },
    })
  );
}

/** What the certificate says of itself, where the ledger has no row to say it. */
export async function readLeaf(leafPem: string | undefined) {
  if (leafPem === undefined) return undefined;
  const read = await inspectCertificate(leafPem, globalThis.crypto);
  return read.ok ? read.value : undefined;
}
