import { describe, expect, it } from 'vitest';
import { can, isRole, type Operator, PERMISSIONS, type Permission, ROLES, type Role } from './permissions';

/** Who holds what: A security admin, E engineer, S support, N nobody. Written out, so that a change has to be meant twice. */
const HOLDERS: Record<Permission, string> = {
  'session:create': 'AESN',
  'session:end': 'AESN',
  'setup:complete': 'AESN',
  'preferences:set': 'AESN',
  'case-link:open': 'AESN',
  'overview:read': 'AES',
  'ca:read': 'AES',
  'role:read': 'AES',
  'template:read': 'AES',
  'policy:read': 'AES',
  'device:read': 'AES',
  'thing:read': 'AES',
  'certificate:read': 'AES',
  'sandbox:read': 'AES',
  'mqtt:subscribe': 'AES',
  'case-link:create': 'AES',
  'device:issue': 'AE',
  'certificate:update': 'AE',
  'certificate:approve': 'AE',
  'certificate:register': 'AE',
  'sandbox:fault': 'AE',
  'mqtt:publish': 'AE',
  'ledger:sweep': 'AE',
  'ledger:import': 'AE',
  'ca:register': 'A',
  'ca:update': 'A',
  'ca:delete': 'A',
  'template:update': 'A',
  'template:delete': 'A',
  'role:create': 'A',
  'policy:create': 'A',
  'registry:create': 'A',
  'certificate:register-without-ca': 'A',
  'certificate:revoke': 'A',
  'certificate:delete': 'A',
  'thing:delete': 'A',
  'policy:delete': 'A',
  'sandbox:reset': 'A',
  'profile:update': 'A',
  'operator:manage': 'A',
  'audit:read': 'A',
  'case-link:allow': 'A',
};

const LETTER: Record<Role, string> = { 'security-admin': 'A', engineer: 'E', support: 'S' };

const as = (role: Role): Operator => ({ id: 'o', name: 'O', email: 'o@example.com', role });

describe('the permission table', () => {
  it('names every permission once', () => {
    expect(new Set(PERMISSIONS)).toEqual(new Set(Object.keys(HOLDERS)));
    expect(PERMISSIONS).toHaveLength(Object.keys(HOLDERS).length);
  });

  it.each(PERMISSIONS)('%s is held by exactly those it is meant for', (permission) => {
    const holders = ROLES.filter((role) => can(as(role), permission)).map((role) => LETTER[role]);
    const nobody = can(undefined, permission) ? 'N' : '';
    expect(`${holders.join('')}${nobody}`).toBe(HOLDERS[permission]);
  });

  it('knows no role besides its three', () => {
    expect(ROLES.every(isRole)).toBe(true);
    expect(['admin', 'Security-Admin', '', 'constructor'].some(isRole)).toBe(false);
  });
});
