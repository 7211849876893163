/**
 * All rules, and nothing else: the order of what to do first is that of `FINDING_CODES`.
 * @module
 */
import type { Rule } from '@/lib/diagnosis/finding';
import { ACCESS_RULES } from './access';
import { CERTIFICATE_DATE_RULES, CERTIFICATE_STATUS_RULES } from './certificate';
import { CONNECTION_RULES } from './connection';
import { CONTACT_RULES } from './contact';
import { GIVEN_RULES } from './given';
import { ISSUER_RULES } from './issuer';
import { PROVISIONING_RULES } from './provisioning';
import { REGISTRATION_RULES } from './registration';
import { TEMPLATE_RULES } from './template';

export const RULES: readonly Rule[] = [
  ...GIVEN_RULES,
  ...CERTIFICATE_STATUS_RULES,
  ...ISSUER_RULES,
  ...CERTIFICATE_DATE_RULES,
  ...CONTACT_RULES,
  ...TEMPLATE_RULES,
  ...PROVISIONING_RULES,
  ...REGISTRATION_RULES,
  ...ACCESS_RULES,
  ...CONNECTION_RULES,
];
