import { parseTemplate } from '@/lib/provisioning/template';
import { BoundedCache } from '@/lib/sandbox/mqtt/bounded-cache';

/** A template is at most 10 KB of text, and a fleet has a handful. */
const TEMPLATES_MAX = 100;
const parsed = new BoundedCache<ReturnType<typeof parseTemplate>>(TEMPLATES_MAX);

/** The template that a text holds; every device of a CA is provisioned by the same one. */
export function parsedTemplate(templateBody: string): ReturnType<typeof parseTemplate> {
  return parsed.get(templateBody, () => parseTemplate(templateBody));
}
