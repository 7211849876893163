'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Menu } from '@/components/ui/menu';
import {
  LAB_ONLY_POLICY_STARTERS,
  POLICY_STARTERS,
  type PolicyStarter,
} from '@/lib/policy/builder/policy-starters';
import { PRESETS, type Preset } from './presets';
import { SizeMeter } from './size-meter';

type PolicyToolbarProps = {
  document: string;
  /** Whether a starter would replace something. */
  isEmpty: boolean;
  onStart: (starter: PolicyStarter) => void;
  onAdd: (preset: Preset) => void;
};

/** Ways to begin and to go on, and how much room is left. */
export function PolicyToolbar({ document, isEmpty, onStart, onAdd }: PolicyToolbarProps) {
  const t = useTranslations('policy-editor');
  const [asked, setAsked] = useState<PolicyStarter | undefined>(undefined);
  function start(id: string) {
    const starter = POLICY_STARTERS.find((known) => known === id);
    if (starter === undefined) return;
    if (isEmpty) onStart(starter);
    else setAsked(starter);
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Menu
        label={t('toolbar.start')}
        entries={POLICY_STARTERS.map((starter) => ({
          id: starter,
          label: t(`starter.${starter}.name`),
          description: t(`starter.${starter}.what`),
          isDangerous: LAB_ONLY_POLICY_STARTERS.includes(starter),
        }))}
        onAction={start}
        className="border-line-strong! bg-surface!"
      />
      <Menu
        label={t('toolbar.add')}
        entries={PRESETS.map((preset) => ({ id: preset, label: t(`preset.${preset}`) }))}
        onAction={(id) => {
          const preset = PRESETS.find((known) => known === id);
          if (preset !== undefined) onAdd(preset);
        }}
        className="border-line-strong! bg-surface!"
      />
      <div className="ml-auto">
        <SizeMeter document={document} />
      </div>
      <ConfirmDialog
        title={t('toolbar.replaceTitle')}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        consequences={[t('toolbar.replaceText')]}
        confirmLabel={t('toolbar.replace')}
        isDangerous={false}
        onConfirm={async () => {
          if (asked !== undefined) onStart(asked);
          return undefined;
        }}
      />
    </div>
  );
}
