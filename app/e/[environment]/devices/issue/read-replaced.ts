import 'server-only';
import { notFound } from 'next/navigation';
import type { ReplacedDevice } from '@/components/device/replaced-notice';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { isCertificateId } from '@/lib/registry/device-certificate';

/** The device whose certificate is to be replaced; a page that is asked for another's answers 404. */
export async function readReplaced(environment: Environment, certificateId: string): Promise<ReplacedDevice> {
  if (!isCertificateId(certificateId)) notFound();
  const described = await iotFor(environment).describeCertificate(certificateId);
  const facts = described.ok
    ? await inspectCertificate(described.value.certificatePem, globalThis.crypto)
    : described;
  if (!facts.ok) notFound();
  const { fields, text } = facts.value.subject;
  return { certificateId, name: fields.commonName ?? text, subject: fields };
}
