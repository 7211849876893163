import { decideAdmission, type KnownCertificate } from '@/lib/sandbox/mqtt/admission';
import { leafFacts } from '@/lib/sandbox/mqtt/leaf-facts';
import { describeReason } from '@/lib/sandbox/mqtt/reason';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';
import { judgeServerName } from '@/lib/sandbox/tls/server-name';

/** A device whose certificate is ACTIVE; its policies decide what it may ask. */
export type HttpsDevice = { region: RegionState; leaf: PresentedCertificate };

/** Why a device is not let in; `region` where its certificate is known. */
export type DeviceRefusal = { code: string; message: string; region?: string | undefined };

/**
 * Judges a client certificate as MQTT's CONNECT does, except that HTTPS registers nothing: the guide describes first contact
 * for connections to the message broker.
 */
export function identifyDevice(
  { leaf, serverName }: { leaf: PresentedCertificate | undefined; serverName: unknown },
  { sandbox, now }: { sandbox: SandboxState; now: Date },
): HttpsDevice | DeviceRefusal {
  const known: KnownCertificate[] = [];
  for (const region of leaf === undefined ? [] : sandbox.regions()) {
    const certificate = region.certificates.get(leaf?.certificateId ?? '');
    if (certificate !== undefined) known.push({ ...certificate, region: region.name });
  }
  if (leaf !== undefined && known.length === 0) return NOT_REGISTERED;
  const admission = decideAdmission({
    now: now.getTime(),
    serverName: judgeServerName(serverName),
    // Keys are judged when a certificate is registered; all that come here are.
    leaf: leaf && leafFacts(leaf.x509, { withKey: false }),
    known,
    issuers: [],
    namesakes: 0,
  });
  switch (admission.kind) {
    case 'authorize':
      return leaf === undefined ? NOT_REGISTERED : { region: sandbox.region(admission.region), leaf };
    case 'refuse': {
      const { reason, region } = admission;
      return { code: reason.code, message: describeReason(reason), region };
    }
    case 'register':
    case 'retry':
      return { ...STILL_PENDING, region: admission.region };
  }
}

const NOT_REGISTERED: DeviceRefusal = {
  code: 'https-certificate-unknown',
  message:
    'The certificate is not registered, and HTTPS registers none. Connect once over MQTT, or register the certificate.',
};

const STILL_PENDING: DeviceRefusal = {
  code: 'certificate-not-active',
  message: 'The certificate is PENDING_ACTIVATION; only an ACTIVE one can publish.',
};
