import type { X509Certificate } from 'node:crypto';
import { type Decision, decide, type NamedPolicy } from '@/lib/policy/decide';
import {
  type CertificateVariables,
  connectionContext,
  type PolicyContext,
} from '@/lib/policy/policy-context';
import { connectionThing } from '@/lib/sandbox/operations/authorization/connection-thing';
import {
  authorizationVersion,
  effectivePolicyNames,
  policiesInForce,
} from '@/lib/sandbox/operations/authorization/effective-policies';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { certificateVariables } from '@/lib/sandbox/tls/certificate-names';
import type { Authorizer, Verdict } from './authorizer';
import { BoundedCache } from './bounded-cache';
import type { ConnectPacket } from './connect-packet';
import type { PolicyReason } from './reason';

/** A device repeats itself: this many topics and filters are answered without asking the policies again. */
const VERDICTS_MAX = 32;

export type DeviceIdentity = {
  region: RegionState;
  certificateId: string;
  x509: X509Certificate;
  clientId: string;
  sourceIp: string | undefined;
};

/** What holds as long as nothing in the Region has changed that policies ask for. */
type InForce = {
  version: number;
  policies: readonly NamedPolicy[];
  context: PolicyContext;
  verdicts: BoundedCache<Verdict>;
};

type Asked = { code: PolicyReason['code']; action: string; resourceName: string };

/** Asks the policies that apply to one connection; always those in force now, so that a change works at once. */
export class DeviceAuthorizer implements Authorizer {
  readonly #device: DeviceIdentity;
  readonly #certificate: CertificateVariables;
  readonly #certificateArn: string;
  #known: InForce | undefined;

  constructor(device: DeviceIdentity) {
    this.#device = device;
    this.#certificate = certificateVariables(device.x509);
    this.#certificateArn = device.region.certificateArn(device.certificateId);
  }

  /** `iot:Connect`, and for a will what publishing it would need. */
  connect({
    clientId,
    cleanSession,
    will,
  }: Pick<ConnectPacket, 'clientId' | 'cleanSession' | 'will'>): Verdict {
    const connectAttributes: ('PersistentConnect' | 'LastWill')[] = [];
    if (!cleanSession) connectAttributes.push('PersistentConnect');
    if (will !== undefined) connectAttributes.push('LastWill');
    const lastWillTopic = will && this.#device.region.arn(`topic/${will.topic}`);
    const context = this.#makeContext({ connectAttributes, lastWillTopic });
    const connect = this.#decide(
      { code: 'connect-denied', action: 'iot:Connect', resourceName: `client/${clientId}` },
      { policies: this.#inForce().policies, context },
    );
    if (!connect.ok || will === undefined) return connect;
    return this.#askPublish(will, 'will-denied');
  }

  publish(message: { topic: string; retain: boolean }): Verdict {
    return this.#askPublish(message, 'publish-denied');
  }

  subscribe(filter: string): Verdict {
    return this.#ask({
      code: 'subscribe-denied',
      action: 'iot:Subscribe',
      resourceName: `topicfilter/${filter}`,
    });
  }

  receive(topic: string): Verdict {
    return this.#ask({ code: 'receive-denied', action: 'iot:Receive', resourceName: `topic/${topic}` });
  }

  /** A retained message needs both permissions. */
  #askPublish({ topic, retain }: { topic: string; retain: boolean }, code: PolicyReason['code']): Verdict {
    const resourceName = `topic/${topic}`;
    const publish = this.#ask({ code, action: 'iot:Publish', resourceName });
    return publish.ok && retain ? this.#ask({ code, action: 'iot:RetainPublish', resourceName }) : publish;
  }

  #ask(asked: Asked): Verdict {
    const inForce = this.#inForce();
    const key = `${asked.code} ${asked.action} ${asked.resourceName}`;
    return inForce.verdicts.get(key, () => this.#decide(asked, inForce));
  }

  #decide(
    { code, action, resourceName }: Asked,
    { policies, context }: Pick<InForce, 'policies' | 'context'>,
  ): Verdict {
    const resource = this.#device.region.arn(resourceName);
    const decision = decide(policies, { action, resource, context });
    if (decision.decision === 'allowed') return { ok: true };
    return { ok: false, reason: { code, action, resource, because: describeDecision(decision, policies) } };
  }

  /** Made again only when something has changed, because every delivered message asks. */
  #inForce(): InForce {
    const { region, clientId } = this.#device;
    const version = authorizationVersion(region);
    if (this.#known?.version === version) return this.#known;
    const principal = this.#certificateArn;
    const thing = connectionThing(region, { principal, clientId });
    const names = effectivePolicyNames(region, { targets: [principal], things: thing ? [thing.name] : [] });
    this.#known = {
      version,
      policies: policiesInForce(region, names),
      context: this.#makeContext({}),
      verdicts: new BoundedCache(VERDICTS_MAX),
    };
    return this.#known;
  }

  #makeContext(
    asked: Pick<Parameters<typeof connectionContext>[0], 'connectAttributes' | 'lastWillTopic'>,
  ): PolicyContext {
    const { region, clientId, sourceIp } = this.#device;
    const thing = connectionThing(region, { principal: this.#certificateArn, clientId });
    return connectionContext({ ...asked, clientId, sourceIp, certificate: this.#certificate, thing });
  }
}

function describeDecision(decision: Decision, policies: readonly NamedPolicy[]): string {
  if (policies.length === 0) return 'no policy is attached';
  if (decision.matched !== undefined) {
    return `an explicit Deny in policy ${decision.matched.policyName}, statement ${decision.matched.statementIndex + 1}`;
  }
  if (decision.unresolvedVariables.length > 0) {
    return `no value for ${decision.unresolvedVariables.join(', ')}`;
  }
  return `no statement of ${policies.map(({ name }) => name).join(', ')} applies`;
}
