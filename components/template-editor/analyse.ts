/**
 * Everything the views show of a document, worked out once for all of them.
 * @module
 */
import type { EditorText } from '@/lib/provisioning/document/editor-text';
import {
  type DocumentSizes,
  documentSizes,
  readTemplateDocument,
} from '@/lib/provisioning/document/template-document';
import { type VisualTemplate, visualTemplate } from '@/lib/provisioning/document/visual-template';
import { lintTemplate, type TemplateLintContext } from '@/lib/provisioning/lint/lint-template';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import type { Template } from '@/lib/provisioning/template';

export type Analysis = {
  text: EditorText;
  template: Template | undefined;
  visual: VisualTemplate | undefined;
  /** Of the template's text as it is shown, broken or not. */
  findings: readonly TemplateLint[];
  sizes: DocumentSizes;
};

export function analyse(text: EditorText, context: TemplateLintContext): Analysis {
  const document = readTemplateDocument(text.body);
  const shown = text.broken?.view === 'template' ? readTemplateDocument(text.broken.text) : document;
  const template = document.template.ok ? document.template.value : undefined;
  return {
    text,
    template,
    visual: template && visualTemplate(template),
    findings: lintTemplate(shown, { ...context, roleArn: text.roleArn === '' ? undefined : text.roleArn }),
    sizes: documentSizes(shown),
  };
}
