/**
 * Asks AWS what a diagnosis needs, in the order and within the calls that `lib/diagnosis` plans.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { type DeviceFacts, type FactKey, NO_FACTS } from '@/lib/diagnosis/facts';
import { CALLS_PER_DIAGNOSIS_MAX, factsNeeded } from '@/lib/diagnosis/facts-needed';
import { ABSENT, known, NOT_ASKED, notKnown, type Source } from '@/lib/diagnosis/known';
import { askConnect, askConnectivity, askEndpoint, askPolicies, askSiblings, askThings } from './ask-access';
import { askCa, askCertificate, askIssuers, askRegistrationCode, readLeaf } from './ask-certificate';
import { askDryRun, askNamedTemplate, askPermissions, askRole } from './ask-provisioning';
import { askRegisterThing } from './ask-record';
import { askRules } from './ask-rules';
import { type AskedGateways, type DiagnosedDevice, Inquiry } from './inquiry';

type Ask = (inquiry: Inquiry, callsMax: number) => Promise<Partial<DeviceFacts>>;

/** How each fact is asked for; `source` stands for it where it could not be. The rest comes with others or from us. */
const ASKS: Partial<Record<FactKey, { source: Source; ask: Ask }>> = {
  certificate: { source: 'DescribeCertificate', ask: askCertificate },
  issuers: { source: 'ListCACertificates', ask: askIssuers },
  ca: { source: 'DescribeCACertificate', ask: askCa },
  namedTemplate: { source: 'DescribeProvisioningTemplate', ask: askNamedTemplate },
  dryRun: { source: 'dry-run', ask: askDryRun },
  role: { source: 'GetRole', ask: askRole },
  permissions: { source: 'SimulatePrincipalPolicy', ask: askPermissions },
  registerThing: { source: 'LookupEvents', ask: askRegisterThing },
  rules: { source: 'ListTopicRules', ask: askRules },
  things: { source: 'ListPrincipalThings', ask: askThings },
  policies: { source: 'GetEffectivePolicies', ask: askPolicies },
  connect: { source: 'TestAuthorization', ask: askConnect },
  connectivity: { source: 'GetThingConnectivityData', ask: askConnectivity },
  siblings: { source: 'ListThingPrincipals', ask: askSiblings },
  endpoint: { source: 'DescribeEndpoint', ask: askEndpoint },
  isRegistrationCode: { source: 'GetRegistrationCode', ask: askRegistrationCode },
};

export type GatherOptions = {
  now?: () => Date;
  /** Somebody asked for it: CloudTrail is minutes late and slow, so a live ladder does without. */
  isCloudTrailWanted?: boolean;
  /** Facts that one does without, since they cost a call for each device and are not what is asked for. */
  without?: ReadonlySet<FactKey>;
  /** Shared by several diagnoses that run together. */
  gateways?: AskedGateways;
};

export type Gathered = {
  facts: DeviceFacts;
  /** The device's certificate, if somebody had its text: the person or AWS. */
  leafPem: string | undefined;
  /** Calls made; never more than {@link CALLS_PER_DIAGNOSIS_MAX}. */
  calls: number;
};

/** Never fails: what AWS does not answer, or not to us, is a fact of its own. */
export async function gatherFacts(
  environment: Environment,
  device: DiagnosedDevice,
  { now = () => new Date(), isCloudTrailWanted = false, without = NOTHING, gateways }: GatherOptions = {},
): Promise<Gathered> {
  const atHand = await factsAtHand(environment, device, now());
  const inquiry = new Inquiry(environment, device, atHand, now, gateways);
  for (;;) {
    const callsLeft = CALLS_PER_DIAGNOSIS_MAX - inquiry.calls;
    const needed = factsNeeded(inquiry.facts, { callsLeft, isCloudTrailWanted });
    const round = needed.filter(({ fact }) => !without.has(fact));
    if (round.length === 0) {
      return { facts: inquiry.facts, leafPem: inquiry.material.leafPem, calls: inquiry.calls };
    }
    const answers = await Promise.all(
      round.map(async ({ fact, callsMax }) => {
        const { source, ask } = ASKS[fact] ?? { source: 'given' as const, ask: async () => ({}) };
        const answer = await ask(inquiry, callsMax);
        // Whatever was asked for counts as asked, so that no round comes twice.
        return { [fact]: notKnown('incomplete', source, now()), ...answer };
      }),
    );
    inquiry.facts = Object.assign({}, inquiry.facts, ...answers);
  }
}

const NOTHING: ReadonlySet<FactKey> = new Set();

/** What needs no call. */
async function factsAtHand(
  { region, accountId }: Environment,
  { given, ledger, certificatePem }: DiagnosedDevice,
  at: Date,
): Promise<DeviceFacts> {
  return {
    ...NO_FACTS,
    given: given === undefined ? NOT_ASKED : known(given, 'given', at),
    ledger: known(ledger ?? ABSENT, 'ledger', at),
    leaf: certificatePem === undefined ? NOT_ASKED : await readLeaf(certificatePem, 'given', at),
    environment: known({ region, accountId }, 'settings', at),
  };
}
