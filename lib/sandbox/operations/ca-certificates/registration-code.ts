import { randomBytes } from 'node:crypto';
import type { DeleteRegistrationCodeResponse, GetRegistrationCodeResponse } from '@aws-sdk/client-iot';
import { notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';

const KEY = 'current';

/** 64 hexadecimal digits, the same in this account and Region until they are deleted. */
export function registrationCodeOf(scope: Scope): string {
  const codes = scope.region.registrationCodes;
  const row = codes.get(KEY) ?? codes.set(KEY, { code: randomBytes(32).toString('hex') });
  return row.code;
}

export function getRegistrationCode(scope: Scope): GetRegistrationCodeResponse {
  return { registrationCode: registrationCodeOf(scope) };
}

export function deleteRegistrationCode(scope: Scope): DeleteRegistrationCodeResponse {
  if (!scope.region.registrationCodes.delete(KEY)) {
    throw notFound('No registration code exists in this account and Region.');
  }
  return {};
}
