'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail } from '@/lib/result';

/** Activates a certificate that waits for it: what a rule does in just-in-time registration. */
export const activatePending = defineAction({
  name: 'device.activate',
  permission: 'certificate:update',
  input: z.strictObject({
    environment: environmentId,
    certificateId: z.string().refine(isCertificateId, 'certificate-id'),
  }),
  resource: ({ certificateId }) => certificateId,
  async run({ certificateId }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeCertificate(certificateId);
    if (!described.ok) return described;
    const { status } = described.value;
    audit.before({ status });
    // Anything else is a decision of somebody, which this button is not to overrule.
    if (status !== 'PENDING_ACTIVATION') return fail({ kind: 'conflict', reason: 'not-pending' });
    const updated = await iot.updateCertificate(certificateId, 'ACTIVE');
    if (!updated.ok) return updated;
    audit.requestId(updated.value.requestId);
    audit.after({ status: 'ACTIVE' });
    return updated;
  },
});
