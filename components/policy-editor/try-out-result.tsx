'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import type { TriedStatement, TryOut } from '@/lib/policy/try-out';

const TONES = { allowed: 'positive', 'explicit-deny': 'danger', 'implicit-deny': 'danger' } as const;
const VERDICT_TONES = {
  applies: 'info',
  resource: 'neutral',
  condition: 'neutral',
  'unresolved-variable': 'warning',
} as const;

/** The decision, the statement that made it, and what the statements read for this device. */
export function TryOutResult({ tried }: { tried: TryOut }) {
  const t = useTranslations('policy-editor.tryOut');
  const { decision, matched, statements, variables, isThingKnown } = tried;
  const usesThing = variables.some(({ name }) => name.startsWith('iot:Connection.Thing.'));
  return (
    <Notice tone={TONES[decision]} title={t(`decision.${decision}`)}>
      <p>{t(`because.${decision}`, { number: (matched?.statementIndex ?? 0) + 1 })}</p>
      {usesThing && !isThingKnown ? <p>{t('noThing')}</p> : null}
      <p className="text-xs text-ink-muted">
        {t('asked', { action: tried.action })}{' '}
        <span className="font-mono wrap-anywhere">{tried.resource}</span>
      </p>
      {variables.length === 0 ? null : (
        <dl className="text-xs">
          {variables.map(({ name, value }) => (
            <div key={name} className="flex flex-wrap gap-x-2">
              <dt className="font-mono text-ink-muted wrap-anywhere">{name}</dt>
              <dd className="font-mono font-medium wrap-anywhere">
                {value ?? <span className="font-sans text-warning">{t('noValue')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-xs font-medium">{t(statements.length === 0 ? 'noStatements' : 'statements')}</p>
      {statements.length === 0 ? null : (
        <ul className="flex flex-col gap-1 text-xs">
          {statements.map((statement) => (
            <Tried key={statement.index} statement={statement} />
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Tried({ statement: { index, verdict, resources } }: { statement: TriedStatement }) {
  const t = useTranslations('policy-editor');
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2">
        {t('sentences.number', { number: index + 1 })}
        <Badge tone={VERDICT_TONES[verdict]}>{t(`tryOut.verdict.${verdict}`)}</Badge>
      </p>
      {resources.map(({ source, filled }) => (
        <p key={source} className="font-mono text-ink-muted wrap-anywhere">
          {filled ?? source}
        </p>
      ))}
    </li>
  );
}
