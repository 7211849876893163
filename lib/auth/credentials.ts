/**
 * What people type to be let in, as schemas with their bounds.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from './password-rules';

/** RFC 5321 section 4.5.3.1.3: a path of 256 octets, less its brackets. */
const EMAIL_CHARACTERS_MAX = 254;

/** Names are shown in one line of a menu and copied into every audit row. */
const NAME_CHARACTERS_MAX = 100;

export const email = z
  .string()
  .trim()
  .min(1)
  .max(EMAIL_CHARACTERS_MAX)
  .pipe(z.email('email-invalid'))
  .transform((value) => value.toLowerCase());

export const operatorName = z.string().trim().min(1).max(NAME_CHARACTERS_MAX);

/** A password that is being chosen. */
export const newPassword = z
  .string()
  .min(PASSWORD_CHARACTERS_MIN, 'password-too-short')
  .max(PASSWORD_CHARACTERS_MAX, 'password-too-long');

/** A password that is being checked: whatever it is, it is only right or wrong. */
export const presentedPassword = z.string().min(1).max(PASSWORD_CHARACTERS_MAX, 'password-too-long');
