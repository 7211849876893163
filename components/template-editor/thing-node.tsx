'use client';

import { Box } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import {
  renameAttribute,
  setAttribute,
  setOverride,
  setProperty,
  setThingGroups,
} from '@/lib/provisioning/document/template-edits';
import type { VisualResource, VisualValue } from '@/lib/provisioning/document/visual-template';
import { propertiesPath } from '@/lib/provisioning/references';
import { memberPath } from '@/lib/provisioning/template';
import { AddButton } from './add-button';
import { DraftInput } from './draft-input';
import { useWorkplace } from './editor-context';
import { FindingMark } from './finding-mark';
import { freeName } from './free-name';
import { NodeCard } from './node-card';
import { OverrideRows } from './override-rows';
import { ValueControl, ValueField } from './value-field';

type Thing = VisualResource & { kind: 'thing' };
const EMPTY: VisualValue = { kind: 'text', text: '' };

/** The thing that each device becomes. */
export const ThingNode = memo(function ThingNode({ thing }: { thing: Thing }) {
  const t = useTranslations('editor.thing');
  const { edit } = useWorkplace();
  const { logicalId, groups, attributes } = thing;
  const path = propertiesPath(logicalId);
  const set =
    (property: 'ThingName' | 'ThingTypeName' | 'BillingGroup') => (value: VisualValue, field?: string) =>
      edit((template) => setProperty(template, logicalId, property, value), field);
  const remove = (property: 'ThingTypeName' | 'BillingGroup') => () =>
    edit((template) => setProperty(template, logicalId, property, undefined));
  const setGroups = (next: readonly VisualValue[], field?: string) =>
    edit((template) => setThingGroups(template, logicalId, next), field);
  const overridable = [
    ...(attributes.length > 0 ? ['AttributePayload'] : []),
    ...(thing.typeName === undefined ? [] : ['ThingTypeName']),
    ...(groups.length > 0 ? ['ThingGroups'] : []),
  ].filter((name) => !thing.overrides.some((override) => override.name === name));

  return (
    <NodeCard
      resource={thing}
      icon={Box}
      kind={t('kind')}
      footer={
        <>
          {thing.typeName === undefined ? (
            <AddButton onPress={() => set('ThingTypeName')(EMPTY)}>{t('type')}</AddButton>
          ) : null}
          <AddButton onPress={() => setGroups([...groups, EMPTY])}>{t('group')}</AddButton>
          {thing.billingGroup === undefined ? (
            <AddButton onPress={() => set('BillingGroup')(EMPTY)}>{t('billingGroup')}</AddButton>
          ) : null}
          <AddButton
            onPress={() =>
              edit((template) => setAttribute(template, logicalId, freeName('attribute', attributes), EMPTY))
            }
          >
            {t('attribute')}
          </AddButton>
          {overridable.length === 0 ? null : (
            <AddButton
              onPress={() =>
                edit(() => overridable.flatMap((name) => setOverride(logicalId, name, 'DO_NOTHING')))
              }
            >
              {t('override')}
            </AddButton>
          )}
        </>
      }
    >
      <ValueField
        label={t('name')}
        path={`${path}.ThingName`}
        value={thing.name}
        onChange={set('ThingName')}
      />
      {thing.typeName === undefined ? null : (
        <ValueField
          label={t('type')}
          path={`${path}.ThingTypeName`}
          value={thing.typeName}
          onChange={set('ThingTypeName')}
          onRemove={remove('ThingTypeName')}
          names="thingTypes"
        />
      )}
      {groups.map((group, index) => (
        <ValueField
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the list; its name changes while it is typed
          key={index}
          label={t('group')}
          path={`${path}.ThingGroups[${index}]`}
          value={group}
          onChange={(value, field) => setGroups(groups.with(index, value), field)}
          onRemove={() => setGroups(groups.toSpliced(index, 1))}
          names="thingGroups"
        />
      ))}
      {thing.billingGroup === undefined ? null : (
        <ValueField
          label={t('billingGroup')}
          path={`${path}.BillingGroup`}
          value={thing.billingGroup}
          onChange={set('BillingGroup')}
          onRemove={remove('BillingGroup')}
          names="billingGroups"
        />
      )}
      {attributes.length === 0 ? null : (
        <div className="mt-1 border-t border-line pt-1.5">
          <p className="px-3 text-xs font-medium">{t('attributes')}</p>
          <FindingMark path={`${path}.AttributePayload`} isExact className="px-3" />
          {attributes.map(({ name, value }, index) => (
            <AttributeRow
              // biome-ignore lint/suspicious/noArrayIndexKey: an attribute is its place; its name can be changed
              key={index}
              logicalId={logicalId}
              path={memberPath(`${path}.AttributePayload`, name)}
              name={name}
              value={value}
            />
          ))}
        </div>
      )}
      <OverrideRows resource={thing} />
    </NodeCard>
  );
});

type AttributeRowProps = { logicalId: string; path: string; name: string; value: VisualValue };

function AttributeRow({ logicalId, path, name, value }: AttributeRowProps) {
  const t = useTranslations('editor.thing');
  const { edit, isReadOnly } = useWorkplace();
  return (
    <div
      data-port-in={path}
      data-place={path}
      className="grid scroll-m-24 grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-2 px-3 py-0.5"
    >
      <div className="-ml-1.5">
        <DraftInput
          label={t('attributeName', { name })}
          value={name}
          onChange={(next) => edit(() => renameAttribute(logicalId, name, next))}
          commitsOnLeave
          isQuiet
          isReadOnly={isReadOnly}
        />
      </div>
      <div className="flex min-w-0 items-center gap-1">
        <ValueControl
          label={t('attributeValue', { name })}
          path={path}
          value={value}
          onChange={(next, field) => edit((template) => setAttribute(template, logicalId, name, next), field)}
          onRemove={() => edit((template) => setAttribute(template, logicalId, name, undefined))}
        />
      </div>
      <FindingMark path={path} className="col-span-2" />
    </div>
  );
}
