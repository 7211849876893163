/**
 * What a list of devices is looked at for before the first key: the CA's template for each, the ledger's names, AWS's things.
 * @module
 */

import { type RegistryAnswer, registryAnswer, registryAnswerUrl } from '@/components/device/registry-answer';
import { certificateToBe, dryRun, namesOf } from '@/components/dry-run/dry-run';
import { type BatchDevice, devicesToRehearse } from '@/lib/batch/batch-device';
import { postJson } from '@/lib/browser/post-json';
import type { Evaluation } from '@/lib/provisioning/plan';
import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import type { Template } from '@/lib/provisioning/template';
import { NAMES_AT_ONCE_MAX, namesAnswer } from './batch-answers';

/** `places`: of the first devices it is so with, a line or a file. */
export type TemplateFinding = { failure: ProvisioningFailure; places: string[]; count: number };
export type Rehearsed = { device: BatchDevice; evaluation: Evaluation };

export type DeviceChecks = {
  /** What the template fails over. */
  refused: TemplateFinding[];
  /** Devices whose name the ledger has. */
  taken: BatchDevice[];
  rehearsed: Rehearsed[];
  /** Ledger or AWS could not be asked about everything. */
  isPartial: boolean;
};

/** As many evaluations as fit between two frames of a slow machine. */
const SLICE_DEVICES = 200;
const PLACES_SHOWN_MAX = 10;
/** Each is some calls to AWS; a list of so many shapes is a list of mistakes. */
const REHEARSED_MAX = 12;

export async function checkDevices(
  devices: readonly BatchDevice[],
  template: Template | undefined,
  { registryUrl, namesUrl }: { registryUrl: string; namesUrl: string },
  signal: AbortSignal,
): Promise<DeviceChecks | undefined> {
  const refused = template === undefined ? [] : await evaluateAll(devices, template, signal);
  const names = await askLedger(devices, namesUrl, signal);
  const rehearsals = template === undefined ? [] : devicesToRehearse(devices).slice(0, REHEARSED_MAX);
  const rehearsed: Rehearsed[] = [];
  let isPartial = names === undefined;
  for (const device of rehearsals) {
    if (template === undefined || signal.aborted) break;
    const answer = await askRegistry(device, template, registryUrl, signal);
    isPartial ||= answer === undefined || answer.isPartial;
    rehearsed.push({
      device,
      evaluation: dryRun(template, certificateToBe(device.subject), answer ?? {}),
    });
  }
  if (signal.aborted) return undefined;
  const taken = devices.filter(({ subject }) => names?.has(subject.commonName ?? ''));
  return { refused, taken, rehearsed, isPartial };
}

async function evaluateAll(
  devices: readonly BatchDevice[],
  template: Template,
  signal: AbortSignal,
): Promise<TemplateFinding[]> {
  const found = new Map<string, TemplateFinding>();
  for (let at = 0; at < devices.length && !signal.aborted; at += SLICE_DEVICES) {
    for (const { line, place, subject } of devices.slice(at, at + SLICE_DEVICES)) {
      const evaluation = dryRun(template, certificateToBe(subject), {});
      if (evaluation.kind !== 'failure') continue;
      const [failure] = evaluation.failures;
      const key = `${failure.code} ${failure.path}`;
      const finding = found.get(key) ?? { failure, places: [], count: 0 };
      finding.count += 1;
      if (finding.places.length < PLACES_SHOWN_MAX) finding.places.push(place ?? String(line));
      found.set(key, finding);
    }
    // Lets the page draw and answer.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return [...found.values()];
}

/** @returns undefined where the ledger did not answer */
async function askLedger(
  devices: readonly BatchDevice[],
  namesUrl: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const taken = new Set<string>();
  for (let at = 0; at < devices.length && !signal.aborted; at += NAMES_AT_ONCE_MAX) {
    const names = devices.slice(at, at + NAMES_AT_ONCE_MAX).map(({ subject }) => subject.commonName ?? '');
    const posted = await postJson(namesUrl, { names });
    const parsed = namesAnswer.safeParse(typeof posted === 'string' ? undefined : posted.answer);
    if (!parsed.success) return undefined;
    for (const name of parsed.data.taken) taken.add(name);
  }
  return taken;
}

async function askRegistry(
  { subject }: BatchDevice,
  template: Template,
  registryUrl: string,
  signal: AbortSignal,
): Promise<RegistryAnswer | undefined> {
  try {
    const names = namesOf(template, certificateToBe(subject));
    const response = await fetch(registryAnswerUrl(registryUrl, { ...names, commonName: '' }), { signal });
    if (!response.ok || response.redirected) return undefined;
    const parsed = registryAnswer.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
