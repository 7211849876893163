/**
 * What the editor can begin with.
 * @module
 */
import { printSentences } from '@/lib/policy/builder/policy-sentences';
import { starterSentences } from '@/lib/policy/builder/policy-starters';
import { layOutJson } from '@/lib/policy/json-layout';
import { BLANK_TEMPLATE } from '@/lib/provisioning/document/editor-text';
import { policyTexts, readTemplateDocument } from '@/lib/provisioning/document/template-document';
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

/** Documents to begin a policy with: our own first, then those of AWS's published templates. */
export const DOCUMENT_STARTS = ['own-topics', 'scoped', 'admin'] as const;
export type DocumentStart = (typeof DOCUMENT_STARTS)[number];

/** The document of a new policy; each device on its own topics and nothing else, unless said otherwise. */
export function startingDocument(place: Place, start: DocumentStart = 'own-topics'): string {
  if (start === 'own-topics') return printSentences(starterSentences('own-topics'), place);
  const [policy] = policyTexts(readTemplateDocument(startingBody(start, place)));
  return policy?.text ?? '';
}
