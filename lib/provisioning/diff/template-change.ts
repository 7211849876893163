/**
 * How two templates differ for a device.
 * @module
 */
import type { VisualValue } from '@/lib/provisioning/document/visual-template';

/** What of the template it is. Each has its sentence. */
export type ChangedPart =
  | { what: 'parameter' | 'parameter-default'; name: string }
  /** A whole resource that comes or goes. */
  | { what: 'thing' | 'certificate' | 'policy' | 'resource'; name: string }
  | { what: 'thing-name' | 'thing-type' | 'billing-group' | 'thing-group'; name: string }
  | { what: 'attribute'; name: string }
  | { what: 'certificate-id' | 'certificate-status'; name: string }
  | { what: 'policy-name' | 'policy-document'; name: string }
  /** `name`: the Sid, or the place in the document, from 1. */
  | { what: 'statement'; name: string }
  | { what: 'override'; name: string }
  /** Something that the visual editor has no place for. `name`: its path. */
  | { what: 'other'; name: string };

/** `before` is undefined for what comes, `after` for what goes. Statements and whole parts are JSON (`kind: 'other'`). */
export type TemplateChange = ChangedPart & {
  before: VisualValue | undefined;
  after: VisualValue | undefined;
};

export type DiffNote =
  /** The rights are the same, but AWS names the policy after its text: devices to come get another policy. */
  | { code: 'policy-renamed-by-text'; name: string }
  /** A resource's own name in the text; no device sees it. */
  | { code: 'resource-renamed'; name: string; to: string };

export type TemplateDiff = {
  /** The texts are equal, character for character. */
  isSameText: boolean;
  changes: readonly TemplateChange[];
  notes: readonly DiffNote[];
};
