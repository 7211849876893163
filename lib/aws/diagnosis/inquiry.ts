/**
 * One diagnosis while it asks: what is known so far, what it has spent, and how AWS's answers become facts.
 * @module
 */
import 'server-only';
import { type IamGateway, iamFor } from '@/lib/aws/iam-gateway';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { type LambdaGateway, lambdaFor } from '@/lib/aws/lambda-gateway';
import type { Environment } from '@/lib/config/environments';
import type { AuthorizationFacts, DeviceFacts, GivenFacts, LedgerFacts } from '@/lib/diagnosis/facts';
import {
  ABSENT,
  type Absent,
  type Known,
  known,
  notKnown,
  notPermitted,
  type Source,
} from '@/lib/diagnosis/known';
import type { Failure } from '@/lib/failure';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import type { ProvisioningAction } from '@/lib/provisioning/provisioning-role';
import type { Result } from '@/lib/result';

/** Who is to be diagnosed, as far as the person and the ledger know. */
export type DiagnosedDevice = {
  certificateId: string;
  /** The device's certificate, where somebody has it. */
  certificatePem: string | undefined;
  /** What the ledger knows of its subject, for where nobody has the certificate. */
  subject: CertificateFacts | undefined;
  given: GivenFacts | undefined;
  /** Undefined: the ledger has no such certificate. */
  ledger: LedgerFacts | undefined;
  /** The client id it uses, where somebody knows it. */
  clientId: string | undefined;
  /** Topics and filters it is meant to use; at most nine are asked about. */
  topics: readonly { action: Exclude<AuthorizationFacts['action'], 'CONNECT'>; name: string }[];
};

/** Texts behind the facts: what the next question needs, and no page sees. */
type Material = {
  leafPem: string | undefined;
  certificateArn: string | undefined;
  template: { body: string; roleArn: string } | undefined;
  /** What the role has to be allowed. */
  actions: readonly ProvisioningAction[];
};

/** Where a diagnosis asks. Several that run together may share what is the same for all of them. */
export type AskedGateways = { iot: IotGateway; iam: IamGateway; lambda: LambdaGateway };

export const gatewaysOf = (environment: Environment): AskedGateways => ({
  iot: iotFor(environment),
  iam: iamFor(environment),
  lambda: lambdaFor(environment),
});

export class Inquiry {
  readonly iot: IotGateway;
  readonly iam: IamGateway;
  readonly lambda: LambdaGateway;
  readonly environment: Environment;
  readonly device: DiagnosedDevice;
  readonly material: Material;
  facts: DeviceFacts;
  /** Calls made so far. */
  calls = 0;
  readonly now: () => Date;

  constructor(
    environment: Environment,
    device: DiagnosedDevice,
    facts: DeviceFacts,
    now: () => Date,
    { iot, iam, lambda }: AskedGateways = gatewaysOf(environment),
  ) {
    this.iot = iot;
    this.iam = iam;
    this.lambda = lambda;
    this.environment = environment;
    this.device = device;
    this.facts = facts;
    this.now = now;
    this.material = {
      leafPem: device.certificatePem,
      certificateArn: undefined,
      template: undefined,
      actions: [],
    };
  }

  /** Counts one call and turns its answer into a fact. */
  async ask<Value>(
    source: Source,
    call: () => Promise<Result<Value, Failure>>,
  ): Promise<Known<Value | Absent>> {
    this.calls += 1;
    const answer = await call();
    const at = this.now();
    return answer.ok ? known(answer.value, source, at) : fromFailure(answer.failure, source, at);
  }
}

const DENIED_NAMES = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedException'];
const THROTTLED_NAMES = ['Throttling', 'ThrottlingException', 'TooManyRequestsException'];

/** Why AWS did not tell: that there is no such thing is an answer. */
export function fromFailure(failure: Failure, source: Source, at: Date): Known<Absent> {
  switch (failure.kind) {
    case 'not-found':
      return known(ABSENT, source, at);
    case 'busy':
      return notKnown('throttled', source, at);
    case 'aws-unreachable':
      return notKnown('unreachable', source, at);
    case 'aws':
      if (DENIED_NAMES.includes(failure.name)) return notPermitted(source, at);
      return notKnown(THROTTLED_NAMES.includes(failure.name) ? 'throttled' : 'failed', source, at);
    default:
      return notKnown('failed', source, at);
  }
}
