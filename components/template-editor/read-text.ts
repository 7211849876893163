/**
 * Everything the views show of a document, worked out once for all of them.
 * @module
 */
import type { EditorText } from '@/lib/provisioning/document/editor-text';
import {
  type DocumentSizes,
  documentSizes,
  readTemplateDocument,
  type TemplateDocument,
} from '@/lib/provisioning/document/template-document';
import { type VisualTemplate, visualTemplate } from '@/lib/provisioning/document/visual-template';
import type { Template } from '@/lib/provisioning/template';

export type ReadText = {
  text: EditorText;
  /** Of the template's text as it is shown, broken or not. */
  shown: TemplateDocument;
  sizes: DocumentSizes;
  /** Of the last good text; undefined where that is JSON and no template. */
  template: Template | undefined;
  visual: VisualTemplate | undefined;
};

export function readText(text: EditorText): ReadText {
  const document = readTemplateDocument(text.body);
  const shown = text.broken?.view === 'template' ? readTemplateDocument(text.broken.text) : document;
  const template = document.template.ok ? document.template.value : undefined;
  return {
    text,
    shown,
    sizes: documentSizes(shown),
    template,
    visual: template && visualTemplate(template),
  };
}
