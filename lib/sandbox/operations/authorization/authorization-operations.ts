import type { Operations } from '@/lib/sandbox/operations/operation';
import { getEffectivePolicies } from './get-effective-policies';
import { testAuthorization } from './test-authorization';

export const authorizationOperations = {
  GetEffectivePolicies: getEffectivePolicies,
  TestAuthorization: testAuthorization,
} satisfies Operations;
