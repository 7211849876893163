/**
 * What saving a draft will do, as a list of acts.
 * @module
 */
import type { PlanStep } from '@/components/registry/plan-step';
import { roleNameOf } from '@/lib/registry/iam-role';
import {
  isTemplateDescription,
  isTemplateName,
  TEMPLATE_VERSIONS_MAX,
  type TemplateWithVersions,
} from '@/lib/registry/provisioning-template';
import type { TemplatePlace, TemplateSaving } from './template-ports';

/** What is filled in. */
export type SaveChoice = {
  kind: 'new' | 'version';
  name: string;
  description: string;
  roleArn: string;
  isEnabled: boolean;
  /** The template that gets the version. */
  target: string;
  isDefault: boolean;
  /** Deleted first, where AWS has as many as it keeps. */
  versionToDelete: number | undefined;
};

type SaveWords = { create: string; createVersion: string; deleteVersion: (version: number) => string };

/**
 * The steps; undefined while something is missing. A version has to go before the one that takes its place, since AWS keeps five.
 *
 * @param read - the template that gets the version, as far as it was read
 */
export function savePlan(
  choice: SaveChoice,
  templateBody: string,
  read: TemplateWithVersions | undefined,
  port: TemplatePlace & TemplateSaving,
  words: SaveWords,
): PlanStep[] | undefined {
  const { environment } = port;
  if (choice.kind === 'new') {
    const { name, roleArn, isEnabled } = choice;
    const description = choice.description.trim();
    if (!isTemplateName(name) || !isTemplateDescription(description) || roleNameOf(roleArn) === undefined) {
      return undefined;
    }
    const template = { templateName: name, description, templateBody, roleArn, isEnabled };
    return [
      {
        label: words.create,
        change: { kind: 'create-provisioning-template', ...template },
        run: () => port.createTemplate({ environment, ...template }),
      },
    ];
  }
  if (read === undefined || read.detail.name !== choice.target) return undefined;
  const { versionToDelete, isDefault, target: templateName } = choice;
  const newestVersionId = read.versions[0]?.versionId ?? read.detail.defaultVersionId;
  if (isFull(read) && versionToDelete === undefined) return undefined;
  const deletion: PlanStep[] =
    isFull(read) && versionToDelete !== undefined
      ? [
          {
            label: words.deleteVersion(versionToDelete),
            change: {
              kind: 'delete-provisioning-template-version',
              templateName,
              versionId: versionToDelete,
            },
            run: () => port.deleteTemplateVersion({ environment, templateName, versionId: versionToDelete }),
          },
        ]
      : [];
  // The newest version may be the one that goes: the next one is then what must not have changed.
  const newestThen =
    newestVersionId === versionToDelete && deletion.length > 0
      ? (read.versions[1]?.versionId ?? newestVersionId)
      : newestVersionId;
  return [
    ...deletion,
    {
      label: words.createVersion,
      change: { kind: 'create-provisioning-template-version', templateName, templateBody, isDefault },
      run: () =>
        port.createTemplateVersion({
          environment,
          templateName,
          templateBody,
          isDefault,
          newestVersionId: newestThen,
        }),
    },
  ];
}

/** The choice as changed. Of another template's plan nothing has been done yet, and no version of it is chosen for deletion. */
export function changedChoice(
  now: SaveChoice,
  to: Partial<SaveChoice>,
): { choice: SaveChoice; isOtherPlan: boolean } {
  const next = { ...now, ...to };
  const isOtherPlan = next.kind !== now.kind || next.target !== now.target;
  return { choice: isOtherPlan ? { ...next, versionToDelete: to.versionToDelete } : next, isOtherPlan };
}

/** AWS has as many versions as it keeps. */
export const isFull = ({ versions }: TemplateWithVersions): boolean =>
  versions.length >= TEMPLATE_VERSIONS_MAX;

/** The version to propose for deletion: the oldest that is not in force. */
export const oldestSpare = ({ versions }: TemplateWithVersions): number | undefined =>
  versions.findLast(({ isDefault }) => !isDefault)?.versionId;
