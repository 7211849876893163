'use client';

import { useTranslations } from 'use-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { ACTION_GROUPS, type ActionGroup } from './action-words';

const EVERYTHING = 'iot:*';
const GROUPS: readonly ActionGroup[] = ['messages', 'shadow', 'jobs', 'others'];

type ActionChoiceProps = { actions: readonly string[]; onChange: (actions: readonly string[]) => void };

/** The actions of a sentence. One there always is: the last one cannot be taken out. */
export function ActionChoice({ actions, onChange }: ActionChoiceProps) {
  const t = useTranslations('policy-editor');
  const toggle = (action: string, isOn: boolean) => {
    if (action === EVERYTHING) return onChange(isOn ? [EVERYTHING] : ['iot:Connect']);
    const others = actions.filter((other) => other !== action && other !== EVERYTHING);
    const chosen = isOn ? [...others, action] : others;
    if (chosen.length > 0) onChange(chosen);
  };
  const box = (action: string, words: string) => (
    <Checkbox
      key={action}
      isSelected={actions.includes(action)}
      isDisabled={actions.length === 1 && actions[0] === action && action !== EVERYTHING}
      onChange={(isOn) => toggle(action, isOn)}
      description={<span className="font-mono">{action}</span>}
    >
      {words}
    </Checkbox>
  );
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{t('form.actions')}</legend>
      {GROUPS.map((group) => (
        <fieldset key={group} className="min-w-0">
          <legend className="text-xs text-ink-muted">{t(`form.${group}`)}</legend>
          <div className="grid gap-x-4 gap-y-1 @md:grid-cols-2 @3xl:grid-cols-3">
            {ACTION_GROUPS[group].map((word) => box(`iot:${word}`, t(`action.${word}`)))}
            {group === 'others' ? box(EVERYTHING, t('action.all')) : null}
          </div>
        </fieldset>
      ))}
    </fieldset>
  );
}
