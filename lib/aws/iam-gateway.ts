/**
 * The door to IAM, as far as a provisioning role needs it.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { createCaller } from './call';
import { connectionsOf } from './connections';
import { type RolePolicyReads, rolePolicyReads } from './iam/role-policies';
import { type RoleOperations, roleOperations } from './iam/roles';
import { type RoleSimulation, roleSimulation } from './iam/simulate-role';

export type IamGateway = RoleOperations & RolePolicyReads & RoleSimulation;

export function iamFor(environment: Environment): IamGateway {
  const { iam, throttle } = connectionsOf(environment);
  const caller = createCaller('IAM', iam, throttle);
  return { ...roleOperations(caller), ...rolePolicyReads(caller), ...roleSimulation(caller) };
}
