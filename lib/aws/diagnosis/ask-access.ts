/**
 * What hangs on the certificate, what it may do, and whether the device is online.
 * @module
 */
import 'server-only';
import { mqttHost } from '@/lib/aws/trust/server-trust';
import type { AuthorizationFacts, DeviceFacts } from '@/lib/diagnosis/facts';
import { ABSENT, knownValue, mapKnown, notKnown, presentOf } from '@/lib/diagnosis/known';
import type { Inquiry } from './inquiry';

/** A certificate has one thing as a rule, and a thing a few certificates. */
const ATTACHED_MAX = 25;
/** API Reference, TestAuthorization: `authInfos` has at most ten, and CONNECT is one. */
const TOPICS_MAX = 9;

export async function askThings(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const arn = inquiry.material.certificateArn;
  if (arn === undefined) return {};
  const answer = await inquiry.ask('ListPrincipalThings', () =>
    inquiry.iot.listPrincipalThings(arn, { pageSize: ATTACHED_MAX, token: undefined }),
  );
  return {
    things: mapKnown(answer, (page) =>
      page === ABSENT ? [] : page.items.map((name) => ({ name, isExclusive: false })),
    ),
  };
}

const thingOf = ({ facts }: Inquiry): string | undefined => knownValue(facts.things)?.[0]?.name;

export async function askPolicies(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const arn = inquiry.material.certificateArn;
  if (arn === undefined) return {};
  const answer = await inquiry.ask('GetEffectivePolicies', () =>
    inquiry.iot.effectivePolicies(arn, thingOf(inquiry)),
  );
  return {
    policies: mapKnown(answer, (names) => (names === ABSENT ? [] : names.map((name) => ({ name })))),
  };
}

/** CONNECT with the client id it is expected to use, and its topics, in one call. */
export async function askConnect(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const { device, facts, material } = inquiry;
  const given = knownValue(facts.given)?.clientId;
  const clientId = device.clientId ?? given ?? thingOf(inquiry) ?? knownValue(facts.leaf)?.commonName;
  const arn = material.certificateArn;
  if (arn === undefined || clientId === undefined) return {};
  const prefix = arn.split(':').slice(0, 5).join(':');
  const topics = device.topics.slice(0, TOPICS_MAX);
  const answer = await inquiry.ask('TestAuthorization', () =>
    inquiry.iot.testAuthorization(arn, clientId, [
      { action: 'CONNECT', resource: `${prefix}:client/${clientId}` },
      ...topics.map(({ action, name }) => ({
        action,
        resource: `${prefix}:${action === 'SUBSCRIBE' ? 'topicfilter' : 'topic'}/${name}`,
      })),
    ]),
  );
  if (answer.kind !== 'known') return { connect: answer, topics: answer };
  const results = answer.value === ABSENT ? [] : answer.value;
  const named = (index: number, resource: string): AuthorizationFacts[] => {
    const result = results[index];
    return result === undefined ? [] : [{ ...result, resource }];
  };
  const [connect] = named(0, clientId);
  return {
    connect:
      connect === undefined
        ? notKnown('failed', 'TestAuthorization', inquiry.now())
        : mapKnown(answer, () => connect),
    topics: mapKnown(answer, () => topics.flatMap(({ name }, index) => named(index + 1, name))),
  };
}

export async function askConnectivity(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const thing = thingOf(inquiry);
  if (thing === undefined) return {};
  const answer = await inquiry.ask('GetThingConnectivityData', () => inquiry.iot.thingConnectivity(thing));
  return { connectivity: answer };
}

/** The status of each costs a call: of the first few it is asked, of the others it stays open. */
export async function askSiblings(inquiry: Inquiry, callsMax: number): Promise<Partial<DeviceFacts>> {
  const { device, iot } = inquiry;
  const thing = thingOf(inquiry);
  if (thing === undefined) return {};
  const answer = await inquiry.ask('ListThingPrincipals', () =>
    iot.listThingPrincipals(thing, { pageSize: ATTACHED_MAX, token: undefined }),
  );
  const ids = (presentOf(answer)?.items ?? [])
    .flatMap((principal) => (principal.kind === 'certificate' ? principal.certificateId : []))
    .filter((certificateId) => certificateId !== device.certificateId);
  const siblings = await Promise.all(
    ids.map(async (certificateId, index) => {
      if (index >= callsMax - 1) return { certificateId, status: undefined };
      const read = await inquiry.ask('DescribeCertificate', () => iot.describeCertificate(certificateId));
      return { certificateId, status: presentOf(read)?.status };
    }),
  );
  return { siblings: mapKnown(answer, () => siblings) };
}

export async function askEndpoint(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const answer = await inquiry.ask('DescribeEndpoint', () => mqttHost(inquiry.environment));
  return { endpoint: mapKnown(answer, (host) => ({ host: host === ABSENT ? '' : host })) };
}
