/**
 * Everything that can be said of a template while it is typed: what AWS refuses, what would fail for devices, and what
 * is likely not meant.
 * AWS IoT Developer Guide, "Provisioning templates" and "Just-in-time provisioning".
 * @module
 */

import { compactJson } from '@/lib/policy/json-layout';
import { rangeInLiteral, stringOffsets } from '@/lib/policy/json-string';
import { member } from '@/lib/policy/json-text';
import { type JsonNode, type JsonPath, locate } from '@/lib/policy/json-tree';
import type { ConnectionKind } from '@/lib/policy/lint/device-actions';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import type { PolicyLint, Severity } from '@/lib/policy/lint/policy-finding';
import {
  type CertificateFacts,
  parameterSource,
  SERIAL_NUMBER_PARAMETER,
} from '@/lib/provisioning/certificate-parameters';
import { checkOnAttach, templateRefusal } from '@/lib/provisioning/check-on-attach';
import {
  type PolicyText,
  policyTexts,
  type TemplateDocument,
} from '@/lib/provisioning/document/template-document';
import { evaluate } from '@/lib/provisioning/evaluate';
import type { ProvisioningFailure, ProvisioningFinding } from '@/lib/provisioning/provisioning-failure';
import { propertiesPath, refName, usesIn } from '@/lib/provisioning/references';
import { type RegistryFacts, UNKNOWN_REGISTRY } from '@/lib/provisioning/registry-facts';
import { memberPath, TEMPLATE_BODY_CHARACTERS_MAX, type Template } from '@/lib/provisioning/template';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import { type CertificateProfile, HARMLESS_CERTIFICATE, profileGaps } from './certificate-profile';
import { placeOf } from './finding-place';
import { byGravity, SEVERITIES } from './gravity';
import { roleFindings } from './role-findings';
import type { TemplateFix, TemplateLint, TemplateLintId } from './template-finding';
import { fixFor } from './template-fixes';

export type TemplateLintContext = {
  roleArn?: string | undefined;
  roleFacts?: ProvisioningRoleFacts | undefined;
  place?: Place | undefined;
  profile?: CertificateProfile | undefined;
  /** Certificates to try the names with, each evaluated whole: a handful, not a ledger. */
  samples?: readonly CertificateFacts[] | undefined;
  /** What was looked up; names that were not are not judged. */
  registry?: RegistryFacts | undefined;
  connection?: ConnectionKind | undefined;
  /** One that remembers, for who lints at every key. */
  lintPolicy?: typeof lintPolicy | undefined;
};

/** From this share of the limit on, the next resource may not fit. Our choice. */
const NEAR_LIMIT = 0.9;

/** AWS IoT quota "Maximum number of policies that can be attached to a certificate". */
const POLICIES_MAX = 10;

/** What one policy lacks, another of the same template may have. */
const ALL_TOGETHER: readonly PolicyLint['id'][] = ['connect-not-allowed', 'subscribe-without-receive'];

/** What AWS's article leaves for the reader. */
const ACCOUNT_PLACEHOLDER = '<ACCOUNT_ID>';

/** Fields that many certificates of one owner share: things named by them would be one thing. */
const SHARED_FIELDS = ['country', 'stateName', 'organization', 'organizationalUnit'];

/** Lints a document. Total; what is gravest comes first, then the order of the text. */
export function lintTemplate(document: TemplateDocument, context: TemplateLintContext = {}): TemplateLint[] {
  const { tree, template } = document;
  const role = context.roleFacts === undefined ? [] : roleFindings(context.roleFacts);
  if (!tree.ok) {
    const { at, code, found } = tree.failure;
    const params = { fault: code, line: at.line, column: at.column, found: found ?? '' };
    const range = { start: at.offset, end: Math.min(at.offset + 1, document.text.length) };
    const fault = {
      id: 'template-not-json',
      severity: 'error',
      path: [],
      policyPath: undefined,
      range,
      params,
    } as const;
    return [{ ...fault, fix: undefined }, ...role];
  }
  const lint = new TemplateLinter(document, tree.value, context);
  lint.size();
  if (template.ok) lint.template(template.value);
  else for (const fault of template.failure) lint.failure(templateRefusal(fault));
  lint.policies(template.ok ? template.value : undefined);
  return [...lint.findings, ...role].sort(byGravity);
}

class TemplateLinter {
  readonly findings: TemplateLint[] = [];
  private readonly said = new Set<string>();
  private readonly document: TemplateDocument;
  private readonly root: JsonNode;
  private readonly context: TemplateLintContext;

  constructor(document: TemplateDocument, root: JsonNode, context: TemplateLintContext) {
    this.document = document;
    this.root = root;
    this.context = context;
  }

  size(): void {
    const { text } = this.document;
    const max = TEMPLATE_BODY_CHARACTERS_MAX;
    if (text.length < max * NEAR_LIMIT) return;
    const compact = compactJson(text).length;
    const isTooLong = text.length > max;
    this.findings.push({
      id: isTooLong ? 'template-too-long' : 'template-size-near-limit',
      severity: isTooLong ? 'error' : 'info',
      path: [],
      policyPath: undefined,
      range: { start: Math.min(max, text.length - 1), end: text.length },
      params: { characters: text.length, max, compact },
      fix: compact < (isTooLong ? max + 1 : max * NEAR_LIMIT) ? { kind: 'compact' } : undefined,
    });
  }

  template(template: Template): void {
    const { roleArn, registry = UNKNOWN_REGISTRY, samples = [], profile = {} } = this.context;
    const attach = checkOnAttach(this.document.text, roleArn);
    for (const failure of [...attach.refusals, ...attach.failsForEveryDevice])
      this.failure(failure, template);
    for (const finding of attach.findings) this.finding(finding, template);
    // A certificate that has everything, and nothing odd: what fails with it fails with every one.
    this.evaluation(template, HARMLESS_CERTIFICATE, registry);
    for (const sample of samples) this.evaluation(template, sample, registry, sample);
    for (const { name, field, carried, paths } of profileGaps(template, profile)) {
      const id = carried === 'never' ? 'field-never-in-certificates' : 'field-not-in-every-certificate';
      const path = paths[0] ?? memberPath('$.Parameters', name);
      this.add(
        id,
        carried === 'never' ? 'error' : 'warning',
        path,
        { name, field, uses: paths.length },
        template,
      );
    }
    this.names(template);
  }

  failure(failure: ProvisioningFailure, template?: Template): void {
    const { code, path, params, message, authority } = failure;
    // The text's own size has been said; a policy's own faults are said inside it.
    if (code === 'template-too-long' || (code === 'policy-document-malformed' && this.isReadablePolicy(path)))
      return;
    this.add(code, 'error', path, { ...params, message, authority }, template);
  }

  policies(template: Template | undefined): void {
    const texts = policyTexts(this.document);
    const policies = template?.resources.filter(({ kind }) => kind === 'policy') ?? [];
    if (policies.length > POLICIES_MAX) {
      this.add('too-many-policies', 'error', '$.Resources', { count: policies.length, max: POLICIES_MAX });
    }
    const { place, connection, lintPolicy: lint = lintPolicy } = this.context;
    // Named policies, and those beside this one, may allow what this one lacks.
    const hasCompanions = policies.length !== 1;
    let mayConnect = policies.length === 0 || policies.length > texts.length;
    for (const policy of texts) {
      const alone = lint(policy.text, { place, connection });
      mayConnect ||= !alone.some(({ id }) => id === 'connect-not-allowed');
      const isSaidOfAll = ({ id }: PolicyLint) => ALL_TOGETHER.includes(id);
      this.policy(policy, hasCompanions ? alone.filter((finding) => !isSaidOfAll(finding)) : alone);
    }
    if (hasCompanions && !mayConnect) this.add('connect-not-allowed', 'warning', '$.Resources', {});
  }

  private policy({ logicalId, node, isString }: PolicyText, found: readonly PolicyLint[]): void {
    const path = ['Resources', logicalId, 'Properties', 'PolicyDocument'];
    const toOuter = isString
      ? stringOffsets(this.document.text, node)
      : (offset: number) => offset + node.start;
    for (const { id, severity, path: policyPath, range, params, fix } of found) {
      this.findings.push({
        id: `policy/${id}`,
        severity,
        path,
        policyPath,
        range: rangeInLiteral(toOuter, range),
        params: { ...params, logicalId },
        fix: fix && { kind: 'edit', edits: [{ kind: 'within', path, edits: fix }] },
      });
    }
  }

  private evaluation(
    template: Template,
    certificate: CertificateFacts,
    registry: RegistryFacts,
    sample?: CertificateFacts,
  ): void {
    const evaluation = evaluate({ template, certificate, registry });
    for (const finding of evaluation.findings) this.finding(finding, template);
    if (evaluation.kind === 'plan') return;
    for (const failure of evaluation.failures) {
      const params = sample === undefined ? failure.params : { ...failure.params, sample: nameOf(sample) };
      this.failure({ ...failure, params }, template);
    }
  }

  private finding({ code, path, params }: ProvisioningFinding, template: Template): void {
    const severity = SEVERITIES[code];
    if (code === 'parameter-unused' && this.isNamedInFunction(template, path)) return;
    if (severity !== undefined) this.add(code, severity, path, params, template);
  }

  /** What a function names is meant to be used; that JITP does not carry the function out is said of the function. */
  private isNamedInFunction(template: Template, written: string): boolean {
    const name = locate(this.root, written).path.at(-1);
    return usesIn(template).functions.some(({ path }) => {
      const { start, end } = locate(this.root, path).node;
      return typeof name === 'string' && this.document.text.slice(start, end).includes(name);
    });
  }

  /** Names that several devices would share. */
  private names(template: Template): void {
    for (const { kind, logicalId, properties = {} } of template.resources) {
      const name = kind === 'thing' ? member(properties, 'ThingName') : undefined;
      const path = `${propertiesPath(logicalId)}.ThingName`;
      if (typeof name === 'string') this.add('thing-name-constant', 'warning', path, { name }, template);
      const ref = refName(name);
      const source = ref === undefined ? undefined : parameterSource(ref);
      if (source?.kind === 'subject' && SHARED_FIELDS.includes(source.field)) {
        this.add(
          'thing-name-not-unique',
          'warning',
          path,
          { name: ref ?? '', field: source.field },
          template,
        );
      }
    }
    const use = usesIn(template).references.find(({ name }) => name === SERIAL_NUMBER_PARAMETER);
    if (use !== undefined) this.add('serial-number-two-meanings', 'info', use.path, {}, template);
  }

  private isReadablePolicy(written: string): boolean {
    const { node } = locate(this.root, written);
    return node.kind !== 'array' && !(node.kind === 'scalar' && typeof node.value !== 'string');
  }

  private fixOf(
    id: TemplateLintId,
    path: JsonPath,
    params: TemplateLint['params'],
    template: Template | undefined,
  ): TemplateFix | undefined {
    const { place } = this.context;
    // The article's placeholder stands in policies within texts, where an edit of one place would not do.
    if (id === 'placeholder-left' && params['placeholder'] === ACCOUNT_PLACEHOLDER && place !== undefined) {
      return { kind: 'replace', found: ACCOUNT_PLACEHOLDER, replacement: place.accountId };
    }
    const edits = fixFor({ id, path, params, template, root: this.root, place });
    return edits === undefined || edits.length === 0 ? undefined : { kind: 'edit', edits };
  }

  private add(
    id: TemplateLintId,
    severity: Severity,
    written: string,
    params: TemplateLint['params'],
    template?: Template,
  ): void {
    // Several samples, and the checks on attaching, come to the same finding: the first says it.
    const key = `${id} ${written} ${params['placeholder'] ?? ''}`;
    if (this.said.has(key)) return;
    this.said.add(key);
    if (written === '$.roleArn') {
      this.findings.push({
        id,
        severity,
        path: [],
        policyPath: undefined,
        range: undefined,
        params,
        fix: undefined,
      });
      return;
    }
    const { path, range } = placeOf(this.document.text, this.root, written, params['placeholder']);
    const fix = this.fixOf(id, path, params, template);
    this.findings.push({ id, severity, path, policyPath: undefined, range, params, fix });
  }
}

const nameOf = ({ subject, certificateId }: CertificateFacts) => subject.commonName ?? certificateId;
