/**
 * The table that pins every cause: a device in a state, one thing changed, what is to be said of it and why.
 * @module
 */
import type { Recognised } from './example-facts';
import { ACCESS_RECOGNISED } from './recognised/access';
import { CERTIFICATE_RECOGNISED } from './recognised/certificate';
import { CONNECTION_RECOGNISED } from './recognised/connection';
import { CONTACT_RECOGNISED } from './recognised/contact';
import { GIVEN_RECOGNISED } from './recognised/given';
import { ISSUER_RECOGNISED } from './recognised/issuer';
import { PROVISIONING_RECOGNISED } from './recognised/provisioning';
import { REGISTRATION_RECOGNISED } from './recognised/registration';
import { TEMPLATE_RECOGNISED } from './recognised/template';

export const RECOGNISED: readonly Recognised[] = [
  ...GIVEN_RECOGNISED,
  ...CERTIFICATE_RECOGNISED,
  ...ISSUER_RECOGNISED,
  ...CONTACT_RECOGNISED,
  ...TEMPLATE_RECOGNISED,
  ...PROVISIONING_RECOGNISED,
  ...REGISTRATION_RECOGNISED,
  ...ACCESS_RECOGNISED,
  ...CONNECTION_RECOGNISED,
];
