import { describe, expect, it, vi } from 'vitest';
import type { TemplateWithVersions } from '@/lib/registry/provisioning-template';
import { ok } from '@/lib/result';
import { changedChoice, oldestSpare, type SaveChoice, savePlan } from './save-plan';
import type { TemplatePlace, TemplateSaving } from './template-ports';

const roleArn = 'arn:aws:iam::123456789012:role/JITPRole';

const choice = (change: Partial<SaveChoice>): SaveChoice => ({
  kind: 'new',
  name: 'Fleet',
  description: '',
  roleArn,
  isEnabled: true,
  target: 'Fleet',
  isDefault: false,
  versionToDelete: undefined,
  ...change,
});

/** Newest first; the one in force is `inForce`. */
const withVersions = (ids: number[], inForce: number): TemplateWithVersions => ({
  detail: {
    name: 'Fleet',
    arn: 'arn',
    type: 'JITP',
    isEnabled: true,
    description: '',
    createdAt: undefined,
    lastModifiedAt: undefined,
    defaultVersionId: inForce,
    templateBody: '{}',
    roleArn,
  },
  versions: ids.map((versionId) => ({
    versionId,
    isDefault: versionId === inForce,
    createdAt: undefined,
    body: ok('{}'),
  })),
});

function port() {
  const saved = vi.fn(async () => ok({ requestId: 'r' }));
  const place: TemplatePlace & TemplateSaving = {
    environment: 'lab',
    accountId: '123456789012',
    cliTarget: { region: 'eu-central-1', endpoints: { iot: undefined, iam: undefined } },
    createTemplate: saved,
    createTemplateVersion: saved,
    deleteTemplateVersion: saved,
    readTemplate: vi.fn(),
    listTemplates: vi.fn(),
    listRoles: vi.fn(),
    checkRole: vi.fn(),
  };
  return { place, saved };
}

const words = { create: 'create', createVersion: 'version', deleteVersion: (id: number) => `delete ${id}` };
const planned = (change: Partial<SaveChoice>, read?: TemplateWithVersions) =>
  savePlan(choice(change), '{}', read, port().place, words)?.map(({ label }) => label);

describe('what saving a draft will do', () => {
  it.each([
    { change: {}, plan: ['create'], why: 'a new template' },
    { change: { name: 'a b' }, plan: undefined, why: 'a name that AWS does not take' },
    { change: { name: '' }, plan: undefined, why: 'no name' },
    { change: { roleArn: 'JITPRole' }, plan: undefined, why: 'a role that is no ARN' },
    { change: { description: 'a\nb' }, plan: undefined, why: 'a description of two lines' },
    { change: { kind: 'version' as const }, plan: undefined, why: 'a template that is not read yet' },
    {
      change: { kind: 'version' as const },
      read: withVersions([2, 1], 1),
      plan: ['version'],
      why: 'a new version',
    },
    {
      change: { kind: 'version' as const, target: 'Other' },
      read: withVersions([2, 1], 1),
      plan: undefined,
      why: 'another template than the one that was read',
    },
    {
      change: { kind: 'version' as const, versionToDelete: 1 },
      read: withVersions([2, 1], 2),
      plan: ['version'],
      why: 'none goes while there is room',
    },
    {
      change: { kind: 'version' as const },
      read: withVersions([5, 4, 3, 2, 1], 1),
      plan: undefined,
      why: 'no room, and none chosen to go',
    },
    {
      change: { kind: 'version' as const, versionToDelete: 2 },
      read: withVersions([5, 4, 3, 2, 1], 1),
      plan: ['delete 2', 'version'],
      why: 'one goes first',
    },
  ])('$why', ({ change, read, plan }) => {
    expect(planned(change, read)).toEqual(plan);
  });

  it.each([
    { versionToDelete: 2, newestVersionId: 5, why: 'an old one goes' },
    { versionToDelete: 5, newestVersionId: 4, why: 'the newest one goes itself' },
  ])('tells AWS’s newest version that was seen: $why', async ({ versionToDelete, newestVersionId }) => {
    const { place, saved } = port();
    const read = withVersions([5, 4, 3, 2, 1], 1);
    const plan = savePlan(choice({ kind: 'version', versionToDelete }), '{}', read, place, words);
    await plan?.[1]?.run();
    expect(saved).toHaveBeenCalledWith(expect.objectContaining({ newestVersionId }));
  });

  it('proposes the oldest version that is not in force to go', () => {
    expect(oldestSpare(withVersions([5, 4, 3, 2, 1], 1))).toBe(2);
    expect(oldestSpare(withVersions([1], 1))).toBeUndefined();
  });

  it.each<[Partial<SaveChoice>, boolean, string]>([
    [{ kind: 'new' }, true, 'a new template instead: the version that went is not a template that was made'],
    [{ target: 'Other' }, true, 'another template gets the version'],
    [{ target: 'Fleet' }, false, 'the same template'],
    [{ isDefault: true }, false, 'the same steps, done otherwise'],
  ])('begins again after a failure where another plan is chosen: %j → %s (%s)', (to, isOtherPlan) => {
    const changed = changedChoice(choice({ kind: 'version', versionToDelete: 3 }), to);
    expect(changed.isOtherPlan).toBe(isOtherPlan);
    expect(changed.choice.versionToDelete).toBe(isOtherPlan ? undefined : 3);
  });
});
