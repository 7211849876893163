'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { isThingName } from '@/lib/registry/thing';
import { changeStatus } from './change-status';

const certificate = z.strictObject({
  environment: environmentId,
  certificateId: z.string().refine(isCertificateId),
});

/** Activates or deactivates: what an engineer may do, since it can be taken back. */
export const setCertificateStatus = defineAction({
  name: 'certificate.set-status',
  permission: 'certificate:update',
  input: certificate.extend({ status: z.enum(['ACTIVE', 'INACTIVE']) }),
  resource: ({ certificateId }) => certificateId,
  run: ({ certificateId, status }, { environment, audit }) =>
    changeStatus(iotFor(environment), certificateId, status, audit),
});

/** Revokes, which AWS does not take back. */
export const revokeCertificate = defineAction({
  name: 'certificate.revoke',
  permission: 'certificate:delete',
  input: certificate,
  resource: ({ certificateId }) => certificateId,
  run: ({ certificateId }, { environment, audit }) =>
    changeStatus(iotFor(environment), certificateId, 'REVOKED', audit),
});

export const detachThing = defineAction({
  name: 'certificate.detach-thing',
  permission: 'certificate:delete',
  input: certificate.extend({ thingName: z.string().refine(isThingName) }),
  resource: ({ certificateId }) => certificateId,
  async run({ certificateId, thingName }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeCertificate(certificateId);
    if (!described.ok) return described;
    audit.before({ thingName });
    const detached = await iot.detachThingPrincipal({ thingName, principalArn: described.value.arn });
    if (detached.ok) audit.requestId(detached.value.requestId);
    return detached;
  },
});

export const detachPolicy = defineAction({
  name: 'certificate.detach-policy',
  permission: 'certificate:delete',
  input: certificate.extend({ policyName: z.string().refine(isPolicyName) }),
  resource: ({ certificateId }) => certificateId,
  async run({ certificateId, policyName }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeCertificate(certificateId);
    if (!described.ok) return described;
    audit.before({ policyName });
    const detached = await iot.detachPolicy({ policyName, targetArn: described.value.arn });
    if (detached.ok) audit.requestId(detached.value.requestId);
    return detached;
  },
});

/** The last step of deleting: AWS refuses while the certificate is active or attached. */
export const deleteCertificate = defineAction({
  name: 'certificate.delete',
  permission: 'certificate:delete',
  input: certificate,
  resource: ({ certificateId }) => certificateId,
  async run({ certificateId }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeCertificate(certificateId);
    if (!described.ok) return described;
    const { certificatePem, status, caId } = described.value;
    audit.before({ status, caId, certificatePem });
    const deleted = await iot.deleteCertificate(certificateId);
    if (deleted.ok) audit.requestId(deleted.value.requestId);
    return deleted;
  },
});
