/**
 * A named template as a file. Each form is read again by what reads pasted texts.
 * @module
 */
import { printRegistrationConfig } from '@/lib/provisioning/registration-config';
import type { ProvisioningTemplateDetail } from '@/lib/registry/provisioning-template';

export const TEMPLATE_FILE_FORMS = ['template', 'body', 'config'] as const;
export type TemplateFileForm = (typeof TEMPLATE_FILE_FORMS)[number];

type SavedTemplate = Pick<
  ProvisioningTemplateDetail,
  'name' | 'type' | 'description' | 'isEnabled' | 'roleArn' | 'templateBody'
>;

/**
 * `template`: everything, as `aws iot create-provisioning-template --cli-input-json file://…` takes it. `body`: the template's
 * text as AWS has it. `config`: the registration config that puts the text on a CA.
 */
export function templateFile(
  form: TemplateFileForm,
  template: SavedTemplate,
): { name: string; text: string } {
  const { name, type, description, isEnabled, roleArn, templateBody } = template;
  switch (form) {
    case 'template': {
      const input = {
        templateName: name,
        ...(description === '' ? {} : { description }),
        type,
        enabled: isEnabled,
        provisioningRoleArn: roleArn,
        templateBody,
      };
      return { name: `${name}.provisioning-template.json`, text: `${JSON.stringify(input, undefined, 2)}\n` };
    }
    case 'body':
      return { name: `${name}.json`, text: templateBody };
    case 'config':
      return {
        name: `${name}.registration-config.json`,
        text: `${printRegistrationConfig({ kind: 'inline', templateBody, roleArn })}\n`,
      };
  }
}
