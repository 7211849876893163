import 'server-only';
import type { TemplatePlace, TemplateSaving } from '@/components/template-library/template-ports';
import type { Environment } from '@/lib/config/environments';
import {
  checkRole,
  createTemplate,
  createTemplateVersion,
  deleteTemplateVersion,
  listRoles,
  listTemplates,
  readTemplate,
} from './actions';

/** What the dialogs that save a template have to know, and what they can do. */
export function savingProps({
  id,
  accountId,
  region,
  endpoints,
}: Environment): TemplatePlace & TemplateSaving {
  return {
    environment: id,
    accountId,
    cliTarget: { region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } },
    createTemplate,
    createTemplateVersion,
    deleteTemplateVersion,
    readTemplate,
    listTemplates,
    listRoles,
    checkRole,
  };
}
