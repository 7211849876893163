'use client';

import { useTranslations } from 'use-intl';
import { Menu } from '@/components/ui/menu';
import { setOverride } from '@/lib/provisioning/document/template-edits';
import type { VisualResource } from '@/lib/provisioning/document/visual-template';
import { useWorkplace } from './editor-context';
import { FieldRow } from './field-row';

const SETTINGS = ['DO_NOTHING', 'REPLACE', 'MERGE', 'FAIL'] as const;
type Setting = (typeof SETTINGS)[number];

/** Guide, "Provisioning templates": MERGE is for what has several parts. */
const MERGEABLE = ['AttributePayload', 'ThingGroups', 'ATTRIBUTE_PAYLOAD', 'THING_GROUPS'];

/** What happens to a resource that is there already, one line a property. */
export function OverrideRows({ resource }: { resource: VisualResource }) {
  const t = useTranslations('editor.override');
  const { edit, isReadOnly } = useWorkplace();
  const { logicalId, overrides, path } = resource;
  if (overrides.length === 0) return null;
  const wordOf = (name: string) => {
    const known = OVERRIDABLE[name];
    return known === undefined ? name : t(`of.${known}`);
  };
  return (
    <div className="mt-1 border-t border-line pt-1.5">
      <p className="px-3 text-xs font-medium">{t('title')}</p>
      {overrides.map(({ name, value }) => {
        const written = value.kind === 'text' ? value.text : '';
        const known = SETTINGS.find((setting) => setting === written);
        const word = known === undefined ? written : t(`setting.${known}`);
        const choices = SETTINGS.filter((setting) => setting !== 'MERGE' || MERGEABLE.includes(name));
        return (
          <FieldRow key={name} label={wordOf(name)} path={`${path}.OverrideSettings.${name}`}>
            {isReadOnly ? (
              <span className="text-xs">{word}</span>
            ) : (
              <Menu
                label={word}
                accessibleLabel={t('change', { name: wordOf(name), setting: word })}
                entries={[
                  ...choices.map((setting) => ({
                    id: setting,
                    label: t(`setting.${setting}`),
                    description: setting,
                  })),
                  { id: REMOVE, label: t('remove'), isDangerous: true },
                ]}
                onAction={(id) => edit(() => setOverride(logicalId, name, settingOf(id)))}
                className="min-h-7! px-1.5! text-xs!"
              />
            )}
          </FieldRow>
        );
      })}
    </div>
  );
}

/** Both spellings of the guide. */
const OVERRIDABLE: Readonly<Record<string, 'attributes' | 'type' | 'groups' | 'status' | undefined>> = {
  AttributePayload: 'attributes',
  ATTRIBUTE_PAYLOAD: 'attributes',
  ThingTypeName: 'type',
  THING_TYPE_NAME: 'type',
  ThingGroups: 'groups',
  THING_GROUPS: 'groups',
  Status: 'status',
};

const REMOVE = 'remove';
const settingOf = (id: string): Setting | undefined => SETTINGS.find((setting) => setting === id);
