import 'server-only';
import { readIssuedSubject } from '@/components/device/issued-subject';
import { iotFor } from '@/lib/aws/iot-gateway';
import { mqttHost } from '@/lib/aws/trust/server-trust';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { find } from '@/lib/ledger/read';
import { type BundleFileNames, bundleFileNames } from '@/lib/pki/bundle-names';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { RehearsalFacts } from '@/lib/registry/rehearsal';
import type { Result } from '@/lib/result';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';

export type RehearsalPage = {
  /** The CN; undefined where neither AWS nor the ledger has the certificate. */
  commonName: string | undefined;
  /** What the device calls itself: its thing's name, as far as there is one. */
  clientName: string;
  fileNames: BundleFileNames;
  isKnown: boolean;
  host: Result<string, Failure>;
  facts: Omit<RehearsalFacts, 'contacts'>;
};

/** What the page needs: three calls to AWS at most, and the sandbox's own words. */
export async function readRehearsal(
  environment: Environment,
  certificateId: string,
  now: Date,
): Promise<RehearsalPage> {
  const iot = iotFor(environment);
  const [row, described, host, told] = await Promise.all([
    find(environment.id, certificateId, now),
    iot.describeCertificate(certificateId),
    mqttHost(environment),
    sandboxControlOf(environment)?.live(undefined, { find: certificateId }),
  ]);
  const inspected = described.ok
    ? await inspectCertificate(described.value.certificatePem, crypto)
    : undefined;
  const commonName =
    row?.commonName ?? (inspected?.ok ? inspected.value.subject.fields.commonName : undefined);
  const things = described.ok
    ? await iot.listPrincipalThings(described.value.arn, { pageSize: 1, token: undefined })
    : undefined;
  const hasKey = row !== undefined && readIssuedSubject(row.subject).keyOrigin === 'console';
  return {
    commonName,
    clientName: (things?.ok ? things.value.items[0] : undefined) ?? commonName ?? certificateId,
    fileNames: bundleFileNames(commonName, certificateId, { hasKey }),
    isKnown: row !== undefined || described.ok,
    host,
    facts: {
      status: described.ok
        ? described.value.status
        : described.failure.kind === 'not-found'
          ? 'absent'
          : 'unread',
      registeredAt: described.ok ? described.value.createdAt?.toISOString() : undefined,
      events: told?.ok
        ? told.value.events.filter((event) => event.certificateId === certificateId)
        : undefined,
    },
  };
}
