/**
 * The state of the list of templates in its URL, and where one goes from there.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import {
  pageParameters,
  printQuery,
  type SearchParams,
  textParameter,
} from '@/components/registry/list-query';
import { TEMPLATE_NAME_CHARACTERS_MAX } from '@/lib/registry/provisioning-template';

const schema = z.object({ ...pageParameters, find: textParameter(4 * TEMPLATE_NAME_CHARACTERS_MAX) });

export type TemplatesQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseTemplatesQuery = (params: SearchParams): TemplatesQuery => schema.parse(params);

/** The URL of a listing; the inverse of {@link parseTemplatesQuery}, defaults left out. */
export const templatesHref = (environment: string, query: Partial<TemplatesQuery>): Route =>
  printQuery(`/e/${environment}/templates`, { find: query.find, size: query.size, token: query.token });

export const templateHref = (environment: string, name: string, version?: number): Route =>
  printQuery(`/e/${environment}/templates/${encodeURIComponent(name)}`, { version });

/** The editor, empty or with a version of a template in it. */
export const editorHref = (environment: string, from?: { template: string; version: number }): Route =>
  printQuery(`/e/${environment}/template-editor`, { template: from?.template, version: from?.version });

/** The editor with the text that a CA has of its own. */
export const caEditorHref = (environment: string, caId: string): Route =>
  printQuery(`/e/${environment}/template-editor`, { ca: caId });
