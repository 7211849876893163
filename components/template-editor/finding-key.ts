import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';

export type FindingView = 'visual' | 'template' | 'config';

/** A finding, and its place as the drawing writes it. */
export type PlacedFinding = TemplateLint & { written: string };

/** What tells one finding from another, over changes of the text. */
export const findingKey = ({ id, path, policyPath }: TemplateLint): string =>
  JSON.stringify([id, path, policyPath ?? []]);
