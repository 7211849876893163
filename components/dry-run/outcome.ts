/**
 * What one version of a template comes to for one certificate, and two of them side by side.
 * @module
 */
import { type ConnectableClientIds, connectableClientIds } from '@/lib/policy/connectable-client-ids';
import { readPolicies } from '@/lib/policy/decide';
import type { Place } from '@/lib/policy/lint/iot-arn';
import type { Evaluation, ProvisioningPlan } from '@/lib/provisioning/plan';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { dryRun } from './dry-run';
import type { DryRunRegistry } from './registry-answer';
import type { TestedCertificate } from './tested-certificate';

export type Clients =
  | ({ kind: 'known' } & ConnectableClientIds)
  /** Policies that exist and whose document could not be read. */
  | { kind: 'unknown'; policyNames: string[] };

export type Outcome = {
  evaluation: Evaluation;
  /** Undefined where provisioning fails. */
  clients: Clients | undefined;
};

/** Undefined for a text that is no template. */
export function readTemplateText(text: string): Template | undefined {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.value : undefined;
}

export function outcomeOf(
  template: Template,
  certificate: TestedCertificate,
  registry: DryRunRegistry,
  place: Place,
): Outcome {
  const evaluation = dryRun(template, certificate.facts, registry);
  if (evaluation.kind === 'failure') return { evaluation, clients: undefined };
  return { evaluation, clients: clientsOf(evaluation.plan, certificate, registry, place) };
}

function clientsOf(
  { thing, policies }: ProvisioningPlan,
  { variables }: TestedCertificate,
  registry: DryRunRegistry,
  place: Place,
): Clients {
  const documents = policies.map(({ name, document }) => ({
    name,
    document: document ?? registry.policyDocuments[name],
  }));
  const unread = documents.filter(({ document }) => document === undefined).map(({ name }) => name);
  if (unread.length > 0) return { kind: 'unknown', policyNames: unread };
  const { policies: read } = readPolicies(
    documents.map(({ name, document }) => ({ name, document: document ?? '' })),
  );
  const device = { thingName: thing?.name, certificate: variables };
  return { kind: 'known', ...connectableClientIds(read, device, place) };
}

export const OUTCOME_ROWS = [
  'outcome',
  'thing',
  'thingDeed',
  'attributes',
  'type',
  'groups',
  'billing',
  'certificate',
  'policies',
  'clients',
  'steps',
] as const;
export type OutcomeRow = (typeof OUTCOME_ROWS)[number];

/** What an outcome has to say about each row; the row `outcome` has a code, `thingDeed` a deed, the rest texts as they are. */
export function outcomeValues({ evaluation, clients }: Outcome): Record<OutcomeRow, string[]> {
  if (evaluation.kind === 'failure') {
    return { ...NOTHING, outcome: evaluation.failures.map(({ code }) => code) };
  }
  const { thing, certificate, policies, steps } = evaluation.plan;
  const one = (text: string | undefined) => (text === undefined ? [] : [text]);
  return {
    outcome: ['provisioned'],
    thing: one(thing?.name),
    thingDeed: one(thing?.deed),
    attributes: Object.entries(thing?.attributes ?? {}).map(([name, value]) => `${name}=${value}`),
    type: one(thing?.typeName),
    groups: [...(thing?.groups ?? [])],
    billing: one(thing?.billingGroup),
    certificate: [certificate.status],
    policies: policies.map(({ name }) => name),
    clients: clients?.kind === 'known' ? [...clients.clientIds, ...clients.patterns] : [],
    steps: steps.map(({ action }) => action),
  };
}

const NOTHING: Readonly<Record<OutcomeRow, string[]>> = {
  outcome: [],
  thing: [],
  thingDeed: [],
  attributes: [],
  type: [],
  groups: [],
  billing: [],
  certificate: [],
  policies: [],
  clients: [],
  steps: [],
};

export type ComparedRow = { row: OutcomeRow; first: string[]; second: string[]; isSame: boolean };

/** The rows in which at least one of two outcomes has something to say. */
export function compareOutcomes(first: Outcome, second: Outcome): ComparedRow[] {
  const one = outcomeValues(first);
  const other = outcomeValues(second);
  return OUTCOME_ROWS.map((row) => ({
    row,
    first: one[row],
    second: other[row],
    isSame: JSON.stringify(one[row]) === JSON.stringify(other[row]),
  })).filter((compared) => compared.first.length + compared.second.length > 0);
}
