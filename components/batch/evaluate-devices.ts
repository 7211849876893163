/**
 * The CA's template, evaluated for every device of a list.
 * @module
 */
import { certificateToBe, dryRun } from '@/components/dry-run/dry-run';
import type { BatchDevice } from '@/lib/batch/batch-device';
import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import type { Template } from '@/lib/provisioning/template';

/** `places`: of the first devices it is so with, a line or a file. */
export type TemplateFinding = { failure: ProvisioningFailure; places: string[]; count: number };

/** `places`: of the first of its devices. */
export type SharedThing = { thing: string; places: string[]; count: number };

/** Things that more than one device of the list would get; `devices` of all of them together, the first few of them named. */
export type SharedThings = { devices: number; things: number; first: readonly SharedThing[] };

/** `things`: the names that are known before the certificate is made. */
export type EvaluatedDevices = {
  refused: TemplateFinding[];
  things: ReadonlyMap<BatchDevice, string>;
  shared: SharedThings;
};

/** As many evaluations as fit between two frames of a slow machine. */
const SLICE_DEVICES = 200;
const PLACES_SHOWN_MAX = 10;
const SHARED_SHOWN_MAX = 10;

export async function evaluateDevices(
  devices: readonly BatchDevice[],
  template: Template,
  signal: AbortSignal,
): Promise<EvaluatedDevices> {
  const found = new Map<string, TemplateFinding>();
  const things = new Map<BatchDevice, string>();
  for (let at = 0; at < devices.length && !signal.aborted; at += SLICE_DEVICES) {
    for (const device of devices.slice(at, at + SLICE_DEVICES)) {
      const certificate = certificateToBe(device.subject);
      const evaluation = dryRun(template, certificate, {});
      if (evaluation.kind === 'failure') {
        note(found, evaluation.failures[0], device);
        continue;
      }
      const name = evaluation.plan.thing?.name;
      // The id that stands in for the one to come is longer than a serial number, of the same digit.
      if (name !== undefined && !name.includes(certificate.serialNumberDecimal)) things.set(device, name);
    }
    // Lets the page draw and answer.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { refused: [...found.values()], things, shared: sharedThings(things) };
}

function note(found: Map<string, TemplateFinding>, failure: ProvisioningFailure, device: BatchDevice): void {
  const key = `${failure.code} ${failure.path}`;
  const finding = found.get(key) ?? { failure, places: [], count: 0 };
  count(finding, device);
  found.set(key, finding);
}

function count(finding: { places: string[]; count: number }, { line, place }: BatchDevice): void {
  finding.count += 1;
  if (finding.places.length < PLACES_SHOWN_MAX) finding.places.push(place ?? String(line));
}

/** Devices with one thing would push each other off the broker by its client id, and share its shadow, jobs and policies. */
function sharedThings(things: ReadonlyMap<BatchDevice, string>): SharedThings {
  const firstOf = new Map<string, BatchDevice>();
  const shared = new Map<string, SharedThing>();
  for (const [device, thing] of things) {
    const first = firstOf.get(thing);
    if (first === undefined) {
      firstOf.set(thing, device);
      continue;
    }
    let finding = shared.get(thing);
    if (finding === undefined) {
      finding = { thing, places: [], count: 0 };
      count(finding, first);
      shared.set(thing, finding);
    }
    count(finding, device);
  }
  const all = [...shared.values()];
  return {
    devices: all.reduce((sum, finding) => sum + finding.count, 0),
    things: all.length,
    first: all.slice(0, SHARED_SHOWN_MAX),
  };
}
