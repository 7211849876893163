'use client';

import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import type { OutlinedStatement } from '@/lib/provisioning/document/policy-outline';

/** One statement in a line or two: allowed or denied, what, where. */
export function StatementLine({ statement }: { statement: OutlinedStatement }) {
  const t = useTranslations('editor.policy');
  const { effect, actions, resources, isConditional } = statement;
  const isDeny = effect === 'Deny';
  return (
    <li className="flex gap-2 px-2 py-1 text-xs">
      <span
        className={classNames(
          'w-10 shrink-0 font-medium',
          isDeny ? 'text-danger' : effect === 'Allow' ? 'text-positive' : 'text-ink-muted',
        )}
      >
        {isDeny ? t('deny') : effect === 'Allow' ? t('allow') : effect || t('noEffect')}
      </span>
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere">
          {actions.isNegated ? `${t('allBut')} ` : ''}
          {actions.names.map((name) => name.replace(/^iot:/, '')).join(', ') || t('nothing')}
        </span>
        <span className="block font-mono wrap-anywhere text-ink-muted">
          {resources.isNegated ? `${t('allBut')} ` : ''}
          {resources.names.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: resources may repeat and do not move
            <span key={index} className="block">
              <Resource name={name} />
            </span>
          ))}
        </span>
        {isConditional ? <span className="block text-ink-muted italic">{t('conditional')}</span> : null}
      </span>
    </li>
  );
}

/** Variables stand out: they are what makes a statement the device's own. */
function Resource({ name }: { name: string }) {
  return name.split(/(\$\{[^}]*\})/).map((part, index) =>
    part.startsWith('$' + '{') ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text
      <span key={index} className="text-accent">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
