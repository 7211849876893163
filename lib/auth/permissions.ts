/**
 * Who may do what, as one table. Roles are held by operators; permissions are asked for by pages and actions.
 * @module
 */

export const ROLES = ['security-admin', 'engineer', 'support'] as const;
export type Role = (typeof ROLES)[number];

/** Held by everybody, signed in or not: the way in, and what changes nothing but one's own view. */
export const PUBLIC_PERMISSIONS = [
  'session:create',
  'session:end',
  'setup:complete',
  'preferences:set',
  'case-link:open',
] as const;

const READS = [
  'overview:read',
  'ca:read',
  'role:read',
  'template:read',
  'policy:read',
  'device:read',
  'thing:read',
  'certificate:read',
  'sandbox:read',
  'mqtt:subscribe',
] as const;

/** `case-link:create` is making and revoking links to case cards, where a security admin allows them at all (`case-link:allow`). */
const CASE_WORK = ['case-link:create'] as const;

/**
 * `certificate:update` is activating and deactivating devices; `certificate:approve` lets a pending one in, with a policy that is
 * there and a thing of its own; `certificate:register` makes a certificate of a registered CA known before its device connects;
 * `sandbox:fault` lets the sandbox fail on purpose, for a test; `mqtt:publish` is a message to devices.
 */
const DEVICE_WORK = [
  'device:issue',
  'certificate:update',
  'certificate:approve',
  'certificate:register',
  'sandbox:fault',
  'mqtt:publish',
] as const;

/** `ledger:sweep` is asking AWS for every certificate, which takes turns from the account's quota; `ledger:import` adds rows of certificates made elsewhere. */
const LEDGER_WORK = ['ledger:sweep', 'ledger:import'] as const;

const ADMINISTRATION = [
  'ca:register',
  'ca:update',
  'ca:delete',
  'template:update',
  'template:delete',
  'role:create',
  'policy:create',
  'registry:create',
  // Without a CA nobody vouches for a certificate but the operator.
  'certificate:register-without-ca',
  'certificate:revoke',
  'certificate:delete',
  'thing:delete',
  'policy:delete',
  'sandbox:reset',
  'profile:update',
  'operator:manage',
  'audit:read',
  'case-link:allow',
] as const;

export type PublicPermission = (typeof PUBLIC_PERMISSIONS)[number];
export type OperatorPermission =
  | (typeof READS)[number]
  | (typeof CASE_WORK)[number]
  | (typeof DEVICE_WORK)[number]
  | (typeof LEDGER_WORK)[number]
  | (typeof ADMINISTRATION)[number];
export type Permission = PublicPermission | OperatorPermission;

export const PERMISSIONS: readonly Permission[] = [
  ...PUBLIC_PERMISSIONS,
  ...READS,
  ...CASE_WORK,
  ...DEVICE_WORK,
  ...LEDGER_WORK,
  ...ADMINISTRATION,
];

const HELD: Record<Role, ReadonlySet<Permission>> = {
  'security-admin': new Set([...READS, ...CASE_WORK, ...DEVICE_WORK, ...LEDGER_WORK, ...ADMINISTRATION]),
  engineer: new Set([...READS, ...CASE_WORK, ...DEVICE_WORK, ...LEDGER_WORK]),
  support: new Set([...READS, ...CASE_WORK]),
};

const PUBLIC: ReadonlySet<Permission> = new Set(PUBLIC_PERMISSIONS);

export type Operator = { id: string; name: string; email: string; role: Role };

/** Where a permission is exercised. Every role holds its permissions everywhere for now. */
export type Scope = { environment?: string; caId?: string };

/** Whether `operator` (`undefined`: nobody is signed in) holds `permission` in `scope`. */
export function can(operator: Operator | undefined, permission: Permission, _scope?: Scope): boolean {
  if (PUBLIC.has(permission)) return true;
  return operator !== undefined && HELD[operator.role].has(permission);
}

export function isPublic(permission: Permission): permission is PublicPermission {
  return PUBLIC.has(permission);
}

export function isRole(value: string): value is Role {
  return ROLES.some((role) => role === value);
}
