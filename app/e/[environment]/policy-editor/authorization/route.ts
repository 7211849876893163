import { NextResponse } from 'next/server';
import { z } from 'zod';
import {
  AUTHORIZATION_ACTIONS,
  type AuthorizationAnswer,
} from '@/components/policy-editor/authorization-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { isCertificateId } from '@/lib/registry/device-certificate';

/** As much as AWS takes of a client id (service model) and of an ARN (IAM quotas). */
const CLIENT_ID_CHARACTERS_MAX = 128;
const ARN_CHARACTERS_MAX = 2048;

const question = z.object({
  certificateId: z.string().refine(isCertificateId),
  clientId: z.string().min(1).max(CLIENT_ID_CHARACTERS_MAX),
  action: z.enum(AUTHORIZATION_ACTIONS),
  resource: z.string().startsWith('arn:').max(ARN_CHARACTERS_MAX),
});

/** What AWS decides for a registered certificate, with the policies that are attached to it now. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/e/[environment]/policy-editor/authorization'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('policy:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const asked = question.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return new NextResponse(null, { status: 400 });

  const { certificateId, clientId, action, resource } = asked.data;
  const iot = iotFor(environment);
  const certificate = await iot.describeCertificate(certificateId);
  if (!certificate.ok) return answer(failed(certificate.failure));
  const decided = await iot.testAuthorization(certificate.value.arn, clientId, [{ action, resource }]);
  if (!decided.ok) return answer(failed(decided.failure));
  const [first] = decided.value;
  if (first === undefined) return answer({ kind: 'failed', name: 'TestAuthorization', message: '' });
  return answer({
    kind: 'decided',
    decision: first.decision,
    denyingPolicies: [...first.denyingPolicies],
    missingContextValues: [...first.missingContextValues],
  });
}

const answer = (body: AuthorizationAnswer) =>
  NextResponse.json(body, { headers: { 'cache-control': 'no-store' } });

function failed(failure: Failure): AuthorizationAnswer {
  switch (failure.kind) {
    case 'aws':
      return { kind: 'failed', name: failure.name, message: failure.message };
    case 'aws-unreachable':
      return { kind: 'failed', name: failure.operation, message: failure.reason };
    case 'not-found':
      return { kind: 'failed', name: 'ResourceNotFoundException', message: failure.id };
    default:
      return { kind: 'failed', name: failure.kind, message: '' };
  }
}
