/**
 * What was found in a pasted text.
 * @module
 */
import type { JsonFault } from '@/lib/policy/json-text';
import type { ConfigFault, ConfigForm, ConfigNote } from '@/lib/provisioning/registration-config';
import { fail, type Result } from '@/lib/result';

export type PasteForm = ConfigForm | 'aws-cli' | 'cloudtrail' | 'cloudformation' | 'terraform';

export type PasteNote =
  | ConfigNote
  /** The role is given by reference to another resource, whose ARN the text does not say. */
  | 'role-is-a-reference'
  /** More than one template is in the text; the first was taken. */
  | 'others-left-out';

export type PastedTemplate = {
  form: PasteForm;
  /** Character for character as given; undefined where the text only names a template. */
  templateBody: string | undefined;
  templateName: string | undefined;
  roleArn: string | undefined;
  description: string | undefined;
  notes: PasteNote[];
};

export type PasteFault = {
  code:
    | ConfigFault['code']
    /** The command takes the template from a file: the file's own text has to be pasted. `found`: its name. */
    | 'file-reference'
    /** The shell would put something else in its place. `found`: what. */
    | 'shell-expansion'
    | 'unclosed-quote'
    | 'cli-shorthand-body'
    | 'command-without-template'
    | 'no-template-in-event'
    | 'no-template-resource'
    | 'yaml-not-read'
    /** The template is computed (a variable, a function): there is no text to take. `found`: the expression. */
    | 'computed-template'
    | 'not-terraform'
    /** A certificate, a request or a key. */
    | 'pem'
    | 'private-key';
  path: string;
  json: JsonFault | undefined;
  params: Record<string, string | number>;
};

export type Paste = Result<PastedTemplate, PasteFault>;

export function pasteFault(code: PasteFault['code'], params: PasteFault['params'] = {}): Paste {
  return fail({ code, path: '$', json: undefined, params });
}
