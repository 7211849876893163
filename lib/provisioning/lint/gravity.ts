/**
 * How grave findings are, and which is said first.
 * @module
 */
import type { Severity } from '@/lib/policy/lint/policy-finding';
import type { ProvisioningFinding } from '@/lib/provisioning/provisioning-failure';
import type { TemplateLint } from './template-finding';

/** How grave a finding of the checks is; those that are not named are no matter of typing, or are said better here. */
export const SEVERITIES: Readonly<Partial<Record<ProvisioningFinding['code'], Severity>>> = {
  'no-thing-resource': 'warning',
  'no-policy-resource': 'warning',
  'policy-document-is-object': 'warning',
  'certificate-stays-inactive': 'info',
  'certificate-id-not-the-parameter': 'warning',
  'status-override-has-no-effect': 'info',
  'fleet-only-section': 'warning',
  'parameter-unused': 'warning',
  'parameter-type-unknown': 'warning',
  'property-unknown': 'warning',
  'placeholder-left': 'error',
  'thing-name-contains-colon': 'info',
};

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The gravest first, then in the order of the text. */
export function byGravity(one: TemplateLint, other: TemplateLint): number {
  return (
    GRAVITY[one.severity] - GRAVITY[other.severity] || (one.range?.start ?? 0) - (other.range?.start ?? 0)
  );
}
