import type { X509Certificate } from 'node:crypto';
import { type Decision, decide, type NamedPolicy } from '@/lib/policy/decide';
import {
  associatedThing,
  type CertificateVariables,
  connectionContext,
  type PolicyContext,
} from '@/lib/policy/policy-context';
import { parsePolicy } from '@/lib/policy/policy-document';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { certificateVariables } from '@/lib/sandbox/tls/certificate-names';
import { BoundedCache } from './bounded-cache';
import type { ConnectPacket } from './connect-packet';
import type { PolicyReason } from './reason';

/** A policy document is at most a few kilobytes; a fleet shares a handful. */
const POLICIES_MAX = 500;
const parsedPolicies = new BoundedCache<ReturnType<typeof parsePolicy>>(POLICIES_MAX);

export type DeviceIdentity = {
  region: RegionState;
  certificateId: string;
  x509: X509Certificate;
  clientId: string;
  sourceIp: string | undefined;
};

type Verdict = { ok: true } | { ok: false; reason: PolicyReason };

/** Asks the policies of one connection's certificate; always those in force now, so that a change works at once. */
export class DeviceAuthorizer {
  readonly #device: DeviceIdentity;
  readonly #certificate: CertificateVariables;
  readonly #certificateArn: string;
  #context: { madeFrom: string; context: PolicyContext } | undefined;

  constructor(device: DeviceIdentity) {
    this.#device = device;
    this.#certificate = certificateVariables(device.x509);
    this.#certificateArn = device.region.certificateArn(device.certificateId);
  }

  /** `iot:Connect`, and for a will what publishing it would need. */
  connect({ clientId, cleanSession, will }: ConnectPacket): Verdict {
    const connectAttributes: ('PersistentConnect' | 'LastWill')[] = [];
    if (!cleanSession) connectAttributes.push('PersistentConnect');
    if (will !== undefined) connectAttributes.push('LastWill');
    const context = this.#makeContext({ connectAttributes, lastWillTopic: will?.topic });
    const connect = this.#ask('iot:Connect', `client/${clientId}`, { code: 'connect-denied', context });
    if (!connect.ok || will === undefined) return connect;
    return this.#askPublish(will, 'will-denied');
  }

  publish(message: { topic: string; retain: boolean }): Verdict {
    return this.#askPublish(message, 'publish-denied');
  }

  subscribe(filter: string): Verdict {
    return this.#ask('iot:Subscribe', `topicfilter/${filter}`, { code: 'subscribe-denied' });
  }

  receive(topic: string): Verdict {
    return this.#ask('iot:Receive', `topic/${topic}`, { code: 'receive-denied' });
  }

  /** A retained message needs both permissions. */
  #askPublish({ topic, retain }: { topic: string; retain: boolean }, code: PolicyReason['code']): Verdict {
    const publish = this.#ask('iot:Publish', `topic/${topic}`, { code });
    return publish.ok && retain ? this.#ask('iot:RetainPublish', `topic/${topic}`, { code }) : publish;
  }

  #ask(
    action: string,
    resourceName: string,
    { code, context = this.#currentContext() }: { code: PolicyReason['code']; context?: PolicyContext },
  ): Verdict {
    const { region } = this.#device;
    const resource = `arn:aws:iot:${region.name}:${region.accountId}:${resourceName}`;
    const policies = this.#policies();
    const decision = decide(policies, { action, resource, context });
    if (decision.decision === 'allowed') return { ok: true };
    return { ok: false, reason: { code, action, resource, because: describeDecision(decision, policies) } };
  }

  /** The default versions of the policies attached to the certificate; one that cannot be read grants nothing. */
  #policies(): NamedPolicy[] {
    const { region } = this.#device;
    const policies: NamedPolicy[] = [];
    for (const name of region.policyAttachments.leftsOf(this.#certificateArn).keys()) {
      const record = region.policies.get(name);
      const document = record?.versions[record.defaultVersionId]?.document;
      if (document === undefined) continue;
      const parsed = parsedPolicies.get(document, () => parsePolicy(document));
      if (parsed.ok) policies.push({ name, policy: parsed.value });
    }
    return policies;
  }

  /** Made again only when the registry has changed, because every delivered message asks. */
  #currentContext(): PolicyContext {
    const { region } = this.#device;
    const madeFrom = `${region.things.version} ${region.thingPrincipals.version}`;
    if (this.#context?.madeFrom !== madeFrom) this.#context = { madeFrom, context: this.#makeContext({}) };
    return this.#context.context;
  }

  #makeContext(
    asked: Pick<Parameters<typeof connectionContext>[0], 'connectAttributes' | 'lastWillTopic'>,
  ): PolicyContext {
    const { region, clientId, sourceIp } = this.#device;
    const attached = [...region.thingPrincipals.leftsOf(this.#certificateArn)].map(([name, { type }]) => ({
      name,
      exclusive: type === 'EXCLUSIVE_THING',
    }));
    const associated = associatedThing(clientId, attached);
    const thing = associated && region.things.get(associated.name);
    return connectionContext({
      ...asked,
      clientId,
      sourceIp,
      certificate: this.#certificate,
      thing: thing && {
        name: thing.thingName,
        typeName: thing.thingTypeName,
        attributes: thing.attributes,
      },
    });
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
