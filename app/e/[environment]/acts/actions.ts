'use server';

import { z } from 'zod';
import { approvalInput } from '@/components/acts/approval-input';
import { outcomeOf } from '@/lib/actions/act-outcome';
import { defineAction } from '@/lib/actions/define-action';
import { deleteThingWithPlan } from '@/lib/aws/acts/delete-thing';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { batchSizeOf } from '@/lib/registry/act';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isThingName } from '@/lib/registry/thing';
import { approveOne } from './approve-one';
import { changeCertificate } from './change-certificate';

/** At a time; the rest of the environment's calls find their turn in between. */
const CONCURRENCY_MAX = 4;

const certificates = (max: number) =>
  z.strictObject({
    environment: environmentId,
    resources: z.array(z.string().refine(isCertificateId)).min(1).max(max),
  });

const each = {
  resources: ({ resources }: { resources: readonly string[] }) => [...new Set(resources)],
  concurrencyMax: CONCURRENCY_MAX,
};

/** Activates or deactivates certificates: what an engineer may do, since it can be taken back. */
export const setCertificateStatuses = defineAction({
  name: 'certificate.set-status',
  permission: 'certificate:update',
  input: certificates(batchSizeOf('activate')).extend({ act: z.enum(['activate', 'deactivate']) }),
  ...each,
  runEach: (certificateId, { act }, context) => changeCertificate(act, certificateId, context),
});

/** Lets pending certificates in: policy, thing, activation, as the function behind a registration rule does it. */
export const approveCertificates = defineAction({
  name: 'certificate.approve',
  permission: 'certificate:approve',
  input: certificates(batchSizeOf('approve')).extend({ approval: approvalInput }),
  ...each,
  runEach: (certificateId, { approval }, context) => approveOne(approval, certificateId, context),
});

/** Keeps pending certificates out for good: AWS takes no revocation back. */
export const rejectCertificates = defineAction({
  name: 'certificate.reject',
  permission: 'certificate:revoke',
  input: certificates(batchSizeOf('reject')),
  ...each,
  runEach: (certificateId, _, context) => changeCertificate('reject', certificateId, context),
});

/** Revokes certificates, which AWS does not take back. */
export const revokeCertificates = defineAction({
  name: 'certificate.revoke',
  permission: 'certificate:revoke',
  input: certificates(batchSizeOf('revoke')),
  ...each,
  runEach: (certificateId, _, context) => changeCertificate('revoke', certificateId, context),
});

/** Deactivates, detaches what is attached, and deletes. */
export const deleteCertificates = defineAction({
  name: 'certificate.delete',
  permission: 'certificate:delete',
  input: certificates(batchSizeOf('delete-certificate')),
  ...each,
  runEach: (certificateId, _, context) => changeCertificate('delete-certificate', certificateId, context),
});

/** Detaches what is attached, and deletes things. */
export const deleteThings = defineAction({
  name: 'thing.delete',
  permission: 'thing:delete',
  input: z.strictObject({
    environment: environmentId,
    resources: z.array(z.string().refine(isThingName)).min(1).max(batchSizeOf('delete-thing')),
  }),
  ...each,
  async runEach(thingName, _, { environment, audit }) {
    return outcomeOf(await deleteThingWithPlan(iotFor(environment), thingName), audit);
  },
});
