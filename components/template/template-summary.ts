/**
 * What a template will do for every device, in a few facts.
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, member } from '@/lib/policy/json-text';
import type { ParameterSource } from '@/lib/provisioning/certificate-parameters';
import { requiredParameters } from '@/lib/provisioning/required-parameters';
import type { Template } from '@/lib/provisioning/template';

/** A value of the template: text, a parameter by name, or something that JITP does not resolve. */
export type TemplateValue =
  | { kind: 'text'; text: string }
  | { kind: 'parameter'; name: string }
  | { kind: 'other'; json: string };

export type PolicySummary = { kind: 'named'; name: TemplateValue } | { kind: 'document'; document: string };

export type TemplateSummary = {
  /** What each device certificate has to carry; the certificate id is always there and left out. */
  needs: { name: string; source: ParameterSource; defaultValue: string | undefined }[];
  things: { name: TemplateValue | undefined; attributes: { name: string; value: TemplateValue }[] }[];
  policies: PolicySummary[];
};

export function summarize(template: Template): TemplateSummary {
  const of = (kind: 'thing' | 'policy') =>
    template.resources
      .filter((resource) => resource.kind === kind)
      .map(({ properties = {} }): JsonObject => properties);
  return {
    needs: requiredParameters(template)
      .filter(({ source }) => source.kind !== 'certificate-id')
      .map(({ name, source, defaultValue }) => ({ name, source, defaultValue })),
    things: of('thing').map((properties) => ({
      name: templateValue(member(properties, 'ThingName')),
      attributes: attributesOf(member(properties, 'AttributePayload')),
    })),
    policies: of('policy').flatMap(toPolicySummary),
  };
}

function toPolicySummary(properties: JsonObject): PolicySummary[] {
  const document = member(properties, 'PolicyDocument');
  if (document !== undefined) {
    return [
      { kind: 'document', document: typeof document === 'string' ? document : JSON.stringify(document) },
    ];
  }
  const name = templateValue(member(properties, 'PolicyName'));
  return name === undefined ? [] : [{ kind: 'named', name }];
}

function attributesOf(payload: JsonValue | undefined) {
  if (!isJsonObject(payload)) return [];
  return Object.entries(payload).flatMap(([name, raw]) => {
    const value = templateValue(raw);
    return value === undefined ? [] : [{ name, value }];
  });
}

function templateValue(value: JsonValue | undefined): TemplateValue | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { kind: 'text', text: value };
  const name = isJsonObject(value) ? member(value, 'Ref') : undefined;
  return typeof name === 'string'
    ? { kind: 'parameter', name }
    : { kind: 'other', json: JSON.stringify(value) };
}
