/**
 * What a template refers to by name.
 * @module
 */
import type { VisualTemplate, VisualValue } from '@/lib/provisioning/document/visual-template';
import type { NamesAsked } from './name-lookups';

/** The names in a template that are text; those that a certificate gives are known per device only. */
export function referredNames(visual: VisualTemplate | undefined): NamesAsked {
  const names = { policies: texts(), thingTypes: texts(), thingGroups: texts(), billingGroups: texts() };
  for (const resource of visual?.resources ?? []) {
    if (resource.kind === 'policy' && resource.document === undefined) add(names.policies, resource.name);
    if (resource.kind !== 'thing') continue;
    add(names.thingTypes, resource.typeName);
    add(names.billingGroups, resource.billingGroup);
    for (const group of resource.groups) add(names.thingGroups, group);
  }
  return names;
}

const texts = (): string[] => [];

function add(names: string[], value: VisualValue | undefined): void {
  if (value?.kind === 'text' && value.text !== '') names.push(value.text);
}
