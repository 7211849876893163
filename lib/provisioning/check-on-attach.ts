/**
 * The checks that AWS makes at once when a template is attached to a CA.
 * AWS IoT API Reference, RegisterCACertificate and UpdateCACertificate (`registrationConfig`).
 * @module
 */

import { isJsonObject, type JsonValue, member } from '@/lib/policy/json-text';
import { parsePolicy } from '@/lib/policy/policy-document';
import { allowsEverything } from './evaluate-policy';
import {
  type ProvisioningFailure,
  type ProvisioningFinding,
  provisioningFailure,
} from './provisioning-failure';
import { functionNotSupported, propertiesPath, unresolvedReference, usesIn } from './references';
import { parseTemplate, TEMPLATE_BODY_CHARACTERS_MAX, type Template, type TemplateFault } from './template';
import { checkTemplate } from './template-check';

export type AttachCheck = {
  /** What AWS answers to the call; the first of `refusals`. Undefined: AWS takes the template. */
  refusal: ProvisioningFailure | undefined;
  refusals: ProvisioningFailure[];
  /** AWS takes it, and then every device fails with this. */
  failsForEveryDevice: ProvisioningFailure[];
  findings: ProvisioningFinding[];
};

/** `roleArn` in the IoT API's model: 20 to 2048 characters. */
const ROLE_ARN_CHARACTERS_MIN = 20;
const ROLE_ARN_CHARACTERS_MAX = 2048;
/** IAM User Guide, "IAM identifiers": role name up to 64 characters, a path before it. */
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[!-~]*\/)?[\w+=,.@-]{1,64}$/;

/**
 * Checks an inline registration config as AWS does when it is attached. Values are not resolved: that happens per device.
 *
 * @param roleArn - undefined where only the template is looked at
 */
export function checkOnAttach(templateBody: string, roleArn: string | undefined): AttachCheck {
  const parsed = parseTemplate(templateBody);
  const roleRefusals = roleArn === undefined ? [] : checkRoleArn(roleArn);
  if (!parsed.ok) {
    const refusals = [...parsed.failure.map(templateRefusal), ...roleRefusals];
    return { refusal: refusals[0], refusals, failsForEveryDevice: [], findings: [] };
  }
  const { refusals: templateRefusals, findings } = checkTemplate(parsed.value);
  const refusals = [...templateRefusals, ...roleRefusals];
  const policies = checkPolicyDocuments(parsed.value);
  return {
    refusal: refusals[0],
    refusals,
    failsForEveryDevice: [...checkUses(parsed.value), ...policies.failures],
    findings: [...findings, ...policies.findings, ...placeholders(templateBody, roleArn)],
  };
}

function checkRoleArn(roleArn: string): ProvisioningFailure[] {
  const isBounded = roleArn.length >= ROLE_ARN_CHARACTERS_MIN && roleArn.length <= ROLE_ARN_CHARACTERS_MAX;
  if (isBounded && ROLE_ARN.test(roleArn)) return [];
  // The bounds are the model's; that the form is checked at this call is inferred.
  return [
    provisioningFailure({
      code: 'role-arn-malformed',
      message: `Invalid role ARN: ${roleArn.slice(0, ROLE_ARN_CHARACTERS_MAX)}`,
      authority: isBounded ? 'inferred' : 'documented',
      path: '$.roleArn',
      params: { roleArn: roleArn.slice(0, ROLE_ARN_CHARACTERS_MAX) },
    }),
  ];
}

/** Our words: which part, and what is wrong with it. */
function malformed(
  code: 'not-an-object' | 'section-missing' | 'type-missing' | 'not-a-string',
  path: string,
): string {
  switch (code) {
    case 'section-missing':
      return `${path.replace('$.', '')} is not present in the Template.`;
    case 'type-missing':
      return `${path} is not present in the Template.`;
    case 'not-an-object':
      return `${path} is not a JSON object.`;
    case 'not-a-string':
      return `${path} is not a string.`;
  }
}

/** A structural fault in the words of an InvalidRequestException; that AWS refuses it is sure, its words are not. */
export function templateRefusal({ code, path, json, params }: TemplateFault): ProvisioningFailure {
  switch (code) {
    case 'too-long':
      return provisioningFailure({
        code: 'template-too-long',
        message: `1 validation error detected: Value at 'registrationConfig.templateBody' failed to satisfy constraint: Member must have length less than or equal to ${TEMPLATE_BODY_CHARACTERS_MAX}`,
        authority: 'documented',
        path,
        params,
      });
    case 'not-json':
      return provisioningFailure({
        code: 'template-not-json',
        message: 'Invalid registration template. The template is not valid JSON',
        authority: 'inferred',
        path,
        params:
          json === undefined
            ? params
            : {
                ...params,
                fault: json.code,
                offset: json.at.offset,
                line: json.at.line,
                column: json.at.column,
              },
      });
    case 'not-an-object':
    case 'section-missing':
    case 'type-missing':
    case 'not-a-string':
      return provisioningFailure({
        code: 'template-malformed',
        message: `Invalid registration template. ${malformed(code, path)}`,
        authority: 'inferred',
        path,
        params: { ...params, fault: code },
      });
  }
}

/** Refs that no certificate can fill, and functions that JITP does not have. */
function checkUses(template: Template): ProvisioningFailure[] {
  const { references, functions } = usesIn(template);
  const declared = new Set(template.parameters.map(({ name }) => name));
  return [
    ...references
      .filter(({ name }) => !declared.has(name))
      .map(({ name, path }) => unresolvedReference(name, path)),
    ...functions.map(({ name, path }) => functionNotSupported(name, path)),
  ];
}

function checkPolicyDocuments(template: Template) {
  const failures: ProvisioningFailure[] = [];
  const findings: ProvisioningFinding[] = [];
  for (const { kind, logicalId, properties = {} } of template.resources) {
    const document = member(properties, 'PolicyDocument');
    if (kind !== 'policy' || document === undefined || holdsReference(document)) continue;
    const path = `${propertiesPath(logicalId)}.PolicyDocument`;
    const parsed = parsePolicy(document);
    if (!parsed.ok) {
      failures.push(
        provisioningFailure({
          code: 'policy-document-malformed',
          awsName: 'ResourceRegistrationFailureException',
          message: 'Policy document is Malformed',
          authority: 'inferred',
          path,
          params: { fault: parsed.failure[0]?.code ?? 'not-json', at: parsed.failure[0]?.path ?? '$' },
        }),
      );
      continue;
    }
    if (allowsEverything(parsed.value)) findings.push({ code: 'policy-allows-everything', path, params: {} });
    for (const { code, path: at } of parsed.value.findings) {
      findings.push({ code: 'policy-document-finding', path, params: { finding: code, at } });
    }
  }
  return { failures, findings };
}

function holdsReference(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsReference);
  return isJsonObject(value) && (Object.hasOwn(value, 'Ref') || Object.values(value).some(holdsReference));
}

/** AWS's article leaves `<ACCOUNT_ID>` for the reader to fill in; so do many copies of it. */
function placeholders(templateBody: string, roleArn: string | undefined): ProvisioningFinding[] {
  const findings: ProvisioningFinding[] = [];
  for (const [path, text] of [
    ['$.templateBody', templateBody],
    ['$.roleArn', roleArn ?? ''],
  ] as const) {
    for (const placeholder of new Set(text.match(/<[A-Za-z][A-Za-z0-9 _-]{0,40}>/g) ?? [])) {
      findings.push({ code: 'placeholder-left', path, params: { placeholder } });
    }
  }
  return findings;
}
