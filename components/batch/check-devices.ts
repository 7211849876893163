/**
 * What a list of devices is looked at for before the first key: the CA's template for each, the ledger's names, AWS's things.
 * @module
 */

import {
  NAMES_MAX,
  type RegistryAnswer,
  registryAnswer,
  registryAnswerUrl,
} from '@/components/device/registry-answer';
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
  /** Devices whose thing AWS has, among those it was asked about: all, or some spread over a long list. */
  inAws: { found: BatchDevice[]; asked: number };
  /** Ledger or AWS could not be asked about everything. */
  isPartial: boolean;
};

/** As many evaluations as fit between two frames of a slow machine. */
const SLICE_DEVICES = 200;
const PLACES_SHOWN_MAX = 10;
/** Each is some calls to AWS; a list of so many shapes is a list of mistakes. */
const REHEARSED_MAX = 12;
/** Some seconds of the environment's token bucket, in which others work too. */
const THINGS_ASKED_MAX = 40;

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
  const known =
    template === undefined ? NOTHING_ASKED : await askThings(devices, template, registryUrl, signal);
  isPartial ||= known.isPartial;
  if (signal.aborted) return undefined;
  const taken = devices.filter(({ subject }) => names?.has(subject.commonName ?? ''));
  return { refused, taken, rehearsed, inAws: known, isPartial };
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

const NOTHING_ASKED = { found: [], asked: 0, isPartial: false };

/** Whose things AWS has already: every call is a token of the environment's bucket, so a long list is asked about in part. */
async function askThings(
  devices: readonly BatchDevice[],
  template: Template,
  registryUrl: string,
  signal: AbortSignal,
): Promise<{ found: BatchDevice[]; asked: number; isPartial: boolean }> {
  const step = Math.max(1, devices.length / THINGS_ASKED_MAX);
  const sample = Array.from(
    { length: Math.min(devices.length, THINGS_ASKED_MAX) },
    (_, index) => devices[Math.floor(index * step)],
  ).flatMap((device) => {
    const [thing] = device ? namesOf(template, certificateToBe(device.subject)).things : [];
    return device === undefined || thing === undefined ? [] : [{ device, thing }];
  });
  const found: BatchDevice[] = [];
  let isPartial = false;
  for (let at = 0; at < sample.length && !signal.aborted; at += NAMES_MAX) {
    const some = sample.slice(at, at + NAMES_MAX);
    const names = { things: some.map(({ thing }) => thing), policies: [], commonName: '' };
    const answer = await fetchAnswer(registryAnswerUrl(registryUrl, names), signal);
    isPartial ||= answer === undefined || answer.isPartial;
    for (const { device, thing } of some) if (answer?.things[thing]) found.push(device);
  }
  return { found, asked: sample.length, isPartial };
}

async function askRegistry(
  { subject }: BatchDevice,
  template: Template,
  registryUrl: string,
  signal: AbortSignal,
): Promise<RegistryAnswer | undefined> {
  const names = namesOf(template, certificateToBe(subject));
  return fetchAnswer(registryAnswerUrl(registryUrl, { ...names, commonName: '' }), signal);
}

/** @returns undefined where the console's server or the session is not there */
async function fetchAnswer(url: string, signal: AbortSignal): Promise<RegistryAnswer | undefined> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.redirected) return undefined;
    const parsed = registryAnswer.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
