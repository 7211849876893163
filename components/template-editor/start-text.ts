/**
 * What the editor can begin with.
 * @module
 */
import { printSentences } from '@/lib/policy/builder/policy-sentences';
import { starterSentences } from '@/lib/policy/builder/policy-starters';
import { layOutJson } from '@/lib/policy/json-layout';
import { BLANK_TEMPLATE } from '@/lib/provisioning/document/editor-text';
import { starterConfig } from '@/lib/provisioning/starters';
import type { EditorOpening } from './editor-port';
import type { StartKind } from './editor-toolbar';

/** A new document. */
export const BLANK_OPENING: EditorOpening = { body: BLANK_TEMPLATE, roleArn: '' };

type Place = { accountId: string; region: string };

/** A template to begin with. */
export function startingBody(kind: StartKind, { accountId, region }: Place): string {
  if (kind === 'blank') return BLANK_TEMPLATE;
  const values = { accountId, region, roleArn: '', policyName: 'FleetPolicy' };
  return layOutJson(starterConfig(kind, values).templateBody);
}

/** The document of a new policy: each device on its own topics, and nothing else. */
export const startingDocument = (place: Place): string =>
  printSentences(starterSentences('own-topics'), place);
