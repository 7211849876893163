/**
 * What a pre-flight needs to know from AWS about the public part of a bundle: the diagnosis's own facts, then the names that the
 * template would make, the policy that would hang on the certificate, and the server's proof of itself.
 * @module
 */
import 'server-only';
import { gatherFacts } from '@/lib/aws/diagnosis/gather-facts';
import { iotFor } from '@/lib/aws/iot-gateway';
import { mqttHost } from '@/lib/aws/trust/server-trust';
import type { Environment } from '@/lib/config/environments';
import type { DeviceFacts } from '@/lib/diagnosis/facts';
import { stageOf } from '@/lib/diagnosis/findings/reading';
import { knownValue } from '@/lib/diagnosis/known';
import type { NamePresence, PreFlightFacts } from '@/lib/diagnosis/pre-flight/judgement';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import { certificateVariables } from '@/lib/policy/certificate-variables';
import { decide, readPolicies } from '@/lib/policy/decide';
import { iotArn } from '@/lib/policy/lint/iot-arn';
import { associatedThing, connectionContext } from '@/lib/policy/policy-context';
import type { PlannedPolicy, ProvisioningPlan } from '@/lib/provisioning/plan';
import { proveServer } from './prove-server';

export type PresentedBundle = {
  leaf: { pem: string; facts: CertificateFacts };
  /** The CA's certificate as the bundle has it. */
  issuer: { caId: string; isCa: boolean } | undefined;
  serverRootPems: readonly string[];
  target: PreFlightFacts['target'];
};

/** A template makes one policy as a rule; each that only has a name costs a call. */
const POLICIES_READ_MAX = 3;

export async function gatherPreFlight(
  environment: Environment,
  { leaf, issuer, serverRootPems, target }: PresentedBundle,
  now: Date,
): Promise<PreFlightFacts> {
  const [{ facts }, host] = await Promise.all([
    gatherFacts(
      environment,
      {
        certificateId: leaf.facts.certificateId,
        certificatePem: leaf.pem,
        subject: undefined,
        given: issuer && {
          certificateCount: 2,
          isCaFirst: false,
          issuer: { saysCaTrue: issuer.isCa, caId: issuer.caId },
          verification: undefined,
          region: undefined,
          accountId: undefined,
          host: undefined,
          clientId: target.clientId,
          symptom: undefined,
        },
        ledger: undefined,
        clientId: target.clientId,
        topics: [],
      },
      { now: () => now },
    ),
    mqttHost(environment),
  ]);
  const plan = planOf(facts);
  const endpoint = host.ok ? { host: host.value, port: environment.mqtt.port } : undefined;
  const [thing, connect, serverRoot] = await Promise.all([
    plan?.thing && lookUpThing(environment, plan.thing.name),
    plan && connectAs(environment, plan, leaf.facts, target.clientId),
    proveServer(endpoint, serverRootPems),
  ]);
  return { facts, thing, connect, target, endpoint, serverRoot };
}

/** Only while it is still to come: once AWS has the certificate, what hangs on it counts. */
function planOf(facts: DeviceFacts): ProvisioningPlan | undefined {
  const dryRun = knownValue(facts.dryRun);
  const isToCome = stageOf(facts) === 'away' || stageOf(facts) === 'pending' || stageOf(facts) === 'unread';
  return isToCome && dryRun?.kind === 'evaluated' && dryRun.evaluation.kind === 'plan'
    ? dryRun.evaluation.plan
    : undefined;
}

async function lookUpThing(
  environment: Environment,
  name: string,
): Promise<{ name: string; presence: NamePresence }> {
  const thing = await iotFor(environment).describeThing(name);
  if (thing.ok) return { name, presence: 'taken' };
  return { name, presence: thing.failure.kind === 'not-found' ? 'free' : 'unknown' };
}

/** Decides by our own engine, since AWS's TestAuthorization knows only certificates that it has. */
async function connectAs(
  environment: Environment,
  { thing, policies }: ProvisioningPlan,
  leaf: CertificateFacts,
  asked: string | undefined,
): Promise<PreFlightFacts['connect']> {
  const clientId = asked ?? thing?.name;
  if (clientId === undefined || policies.length > POLICIES_READ_MAX) return undefined;
  const documents = await Promise.all(policies.map((policy) => documentOf(environment, policy)));
  const read = documents.flatMap((document) => document ?? []);
  if (read.length < policies.length) return undefined;
  const attached = thing && associatedThing(clientId, [thing]);
  const context = connectionContext({ clientId, certificate: certificateVariables(leaf), thing: attached });
  const resource = iotArn(environment, 'client', clientId);
  const { decision } = decide(readPolicies(read).policies, { action: 'iot:Connect', resource, context });
  return { clientId, decision };
}

/** AWS does not write over a policy that is there: what counts then is its default version. */
async function documentOf(
  environment: Environment,
  { name, document, deed }: PlannedPolicy,
): Promise<{ name: string; document: string } | undefined> {
  const policy = await iotFor(environment).getPolicy(name);
  if (policy.ok) return { name, document: policy.value.document };
  const isMade = deed === 'create' || policy.failure.kind === 'not-found';
  return isMade && document !== undefined ? { name, document } : undefined;
}
