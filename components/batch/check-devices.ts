/**
 * What a list of devices is looked at for before the first key: the CA's template for each, the ledger's names and things, AWS's things.
 * @module
 */

import { registryAnswer, registryAnswerUrl } from '@/components/device/registry-answer';
import { certificateToBe, dryRun, namesOf } from '@/components/dry-run/dry-run';
import type { BatchDevice } from '@/lib/batch/batch-device';
import { fetchParsed } from '@/lib/browser/fetch-parsed';
import type { Evaluation } from '@/lib/provisioning/plan';
import type { Template } from '@/lib/provisioning/template';
import { type AwsFindings, askThings } from './ask-aws';
import { askLedger, type LedgerFindings } from './ask-ledger';
import {
  type EvaluatedDevices,
  evaluateDevices,
  type SharedThings,
  type TemplateFinding,
} from './evaluate-devices';
import { chooseRehearsals } from './rehearsals';
import type { ThingLister } from './thing-list';

type Rehearsed = { device: BatchDevice; evaluation: Evaluation };

export type DeviceChecks = LedgerFindings & {
  /** What the template fails over. */
  refused: TemplateFinding[];
  /** Things that the template would give to several of these devices. */
  shared: SharedThings;
  rehearsed: Rehearsed[];
  /** Combinations of filled-in fields without a dry run. */
  shapesLeftOut: number;
  /** Devices whose thing AWS has, among those it was asked about: all, or some spread over the list. */
  inAws: AwsFindings;
  /** Ledger or AWS could not be asked about everything that was to be asked. */
  isPartial: boolean;
};

/** Each is some calls to AWS; a list of so many shapes is a list of mistakes. */
const REHEARSED_MAX = 12;

const NOTHING_EVALUATED: EvaluatedDevices = {
  refused: [],
  things: new Map(),
  shared: { devices: 0, things: 0, first: [] },
};

export type Asked = {
  registryUrl: string;
  namesUrl: string;
  lister: ThingLister;
  /** Told how many names of AWS's things are read by now. */
  onNames: (names: number) => void;
};

/** @returns undefined when it was aborted */
export async function checkDevices(
  devices: readonly BatchDevice[],
  template: Template | undefined,
  { registryUrl, namesUrl, lister, onNames }: Asked,
  signal: AbortSignal,
): Promise<DeviceChecks | undefined> {
  const { refused, things, shared } =
    template === undefined ? NOTHING_EVALUATED : await evaluateDevices(devices, template, signal);
  const ledger = await askLedger(devices, things, namesUrl, signal);
  const { chosen, shapesLeftOut } = chooseRehearsals(template === undefined ? [] : devices, REHEARSED_MAX);
  const rehearsed: Rehearsed[] = [];
  let isPartial = ledger === undefined;
  for (const device of chosen) {
    if (template === undefined || signal.aborted) break;
    const certificate = certificateToBe(device.subject);
    const names = { ...namesOf(template, certificate), commonName: '' };
    const answer = await fetchParsed(registryAnswerUrl(registryUrl, names), registryAnswer, signal);
    isPartial ||= answer === undefined || answer.isPartial;
    rehearsed.push({ device, evaluation: dryRun(template, certificate, answer ?? {}) });
  }
  const { isPartial: isAwsPartial, ...inAws } = await askThings(things, {
    registryUrl,
    lister,
    onNames,
    signal,
  });
  if (signal.aborted) return undefined;
  const { taken, thingTaken } = ledger ?? { taken: [], thingTaken: [] };
  return {
    refused,
    shared,
    taken,
    thingTaken,
    rehearsed,
    shapesLeftOut,
    inAws,
    isPartial: isPartial || isAwsPartial,
  };
}

/** Whether a person has to say that the batch is to be made all the same: over what was found, and over what nobody answered. */
export function hasConcerns({
  refused,
  shared,
  taken,
  thingTaken,
  rehearsed,
  inAws,
  isPartial,
}: DeviceChecks): boolean {
  return (
    isPartial ||
    refused.length + shared.things + taken.length + thingTaken.length + inAws.found.length > 0 ||
    rehearsed.some(({ evaluation }) => evaluation.kind === 'failure')
  );
}
