/**
 * What a template asks of a device's certificate, so that the form which issues one can ask for it.
 * AWS IoT Developer Guide, "Just-in-time provisioning".
 * @module
 */
import { type ParameterSource, parameterSource } from './certificate-parameters';
import { usesIn } from './references';
import type { Template } from './template';

export type RequiredParameter = {
  /** For example `AWS::IoT::Certificate::Country`. */
  name: string;
  source: ParameterSource;
  /**
   * `referenced`: a Ref without Default, provisioning was seen to fail without it; `declared`: only listed in
   * Parameters, the guide says provisioning fails; `optional`: a Default steps in.
   */
  need: 'referenced' | 'declared' | 'optional';
  defaultValue: string | undefined;
  /** Where in the template it is used. */
  paths: string[];
};

/** The certificate parameters of a template, in the order they are declared. */
export function requiredParameters(template: Template): RequiredParameter[] {
  const { references } = usesIn(template);
  return template.parameters.flatMap(({ name, defaultValue }): RequiredParameter[] => {
    const source = parameterSource(name);
    if (source === undefined) return [];
    const paths = references.filter((reference) => reference.name === name).map(({ path }) => path);
    const need = defaultValue !== undefined ? 'optional' : paths.length > 0 ? 'referenced' : 'declared';
    return [{ name, source, need, defaultValue, paths }];
  });
}
