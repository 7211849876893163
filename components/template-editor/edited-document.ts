import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import type { Template } from '@/lib/provisioning/template';
import type { EditorOpening } from './editor-port';
import type { ReadText } from './read-text';

/** The document as the parts around the editor see it, a moment after what is typed. */
export type EditedDocument = {
  /** JSON, character for character what would be sent. */
  body: string;
  /** Empty: none given. */
  roleArn: string;
  /** Undefined where the JSON is no template. */
  template: Template | undefined;
  findings: readonly TemplateLint[];
  /** While a text is broken the rest is as it was before; it should not be saved. */
  isBroken: boolean;
  /** Whether it differs from what was opened. */
  isChanged: boolean;
};

export function editedDocument(
  { text: { body, roleArn, broken }, template }: ReadText,
  findings: readonly TemplateLint[],
  opening: EditorOpening,
): EditedDocument {
  return {
    body,
    roleArn,
    template,
    findings,
    isBroken: broken !== undefined,
    isChanged: body !== opening.body || roleArn !== opening.roleArn,
  };
}
