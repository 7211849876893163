/**
 * One HTTPS request of a device, from its certificate to the data plane's answer.
 * AWS IoT Core Developer Guide, "HTTPS": the same paths as for callers with IAM credentials, judged by IoT policies.
 * @module
 */
import { decide } from '@/lib/policy/decide';
import { connectionContext } from '@/lib/policy/policy-context';
import { ApiError } from '@/lib/sandbox/api-error';
import type { Answer } from '@/lib/sandbox/http/answer';
import { iotDataService } from '@/lib/sandbox/http/iot-services';
import { errorAnswer, type RestRequest } from '@/lib/sandbox/http/rest-json-service';
import { connectionThing } from '@/lib/sandbox/operations/authorization/connection-thing';
import {
  effectivePolicyNames,
  policiesInForce,
} from '@/lib/sandbox/operations/authorization/effective-policies';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { certificateVariables } from '@/lib/sandbox/tls/certificate-names';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';
import { type HttpsDevice, identifyDevice } from './identify-device';
import { type NeededPermission, neededPermissions } from './needed-permissions';

export type DeviceRequest = {
  rest: Omit<RestRequest, 'body'>;
  /** Asked for once the device is known and may do what it wants. */
  readBody(): Promise<Buffer>;
  requestId: string;
  leaf: PresentedCertificate | undefined;
  /** What TLS SNI said. */
  serverName: unknown;
  sourceIp: string | undefined;
};

type Desk = { sandbox: SandboxState; now: () => Date };

/** Answers the request; what the answer says is durable when it comes. Every refusal is explained as an event. */
export async function answerDeviceRequest(request: DeviceRequest, desk: Desk): Promise<Answer> {
  const { rest, requestId } = request;
  try {
    const device = identifyDevice(request, { sandbox: desk.sandbox, now: desk.now() });
    if (!('leaf' in device)) throw forbidden(request, { ...device, desk });
    const operation = iotDataService.find(rest.method, rest.path);
    const needed = operation && neededPermissions(operation, rest.query);
    if (operation === undefined || needed === undefined) {
      throw new ApiError(
        'UnknownOperationException',
        `Devices have no operation at ${rest.method} ${rest.path}`,
      );
    }
    authorize(needed, { device, request, desk });
    const scope = { ...desk, region: device.region, accountId: desk.sandbox.accountId };
    const body = await request.readBody();
    const answer = await iotDataService.answer(scope, { ...rest, body });
    // The data plane refuses by an answer, too.
    if (operation.route.schema.name !== 'Publish' || answer.status !== 200) return answer;
    return { ...answer, body: JSON.stringify({ message: 'OK', traceId: requestId }) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return errorAnswer(error);
  } finally {
    await desk.sandbox.durable();
  }
}

/** There is no client id over HTTPS, so only an exclusive attachment gives a thing (guide, "Thing policy variables"). */
function authorize(
  needed: readonly NeededPermission[],
  { device, request, desk }: { device: HttpsDevice; request: DeviceRequest; desk: Desk },
): void {
  const { region, leaf } = device;
  const principal = region.certificateArn(leaf.certificateId);
  const thing = connectionThing(region, { principal, clientId: undefined });
  const names = effectivePolicyNames(region, { targets: [principal], things: thing ? [thing.name] : [] });
  const policies = policiesInForce(region, names);
  const certificate = certificateVariables(leaf.x509);
  const context = connectionContext({ sourceIp: request.sourceIp, certificate, thing });
  for (const { action, resource } of needed) {
    const arn = region.arn(resource);
    if (decide(policies, { action, resource: arn, context }).decision === 'allowed') continue;
    const message = `The request was refused: no policy of the certificate allows ${action} on ${arn}.`;
    throw forbidden(request, { code: 'https-denied', message, region: region.name, desk });
  }
}

/** The device learns no more than on AWS; the event says why. */
function forbidden(
  { leaf, requestId }: DeviceRequest,
  { desk, ...refusal }: { code: string; message: string; region?: string | undefined; desk: Desk },
): ApiError {
  desk.sandbox.explanations.explain({ ...refusal, certificateId: leaf?.certificateId }, desk.now());
  return new ApiError('ForbiddenException', 'null', { traceId: requestId });
}
