import type { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { StatusBadge } from '@/components/ui/status-badge';
import type { RecognisedHandler } from '@/lib/provisioning/jitr/recognise-handler';
import { DisableRuleButton, type DisableRuleProps } from './disable-rule-button';

export type JitrTranslator = ReturnType<typeof useTranslations<'jitr'>>;

/** As the server has read it. */
export type ShownRule = {
  name: string;
  sql: string;
  isEnabled: boolean;
  isConsoles: boolean;
  functions: readonly {
    name: string;
    state: 'there' | 'gone' | 'unread';
    runtime: string | undefined;
    mayRuleCall: boolean | undefined;
    handler: RecognisedHandler | undefined;
  }[];
};

type RulesCardProps = {
  t: JitrTranslator;
  rules: readonly ShownRule[];
  /** Undefined for who may only look. */
  disable: Omit<DisableRuleProps, 'ruleName'> | undefined;
};

/** Who hears of the CA's registrations, what their functions do, and what is wrong with that. */
export function RulesCard({ t, rules, disable }: RulesCardProps) {
  const count = rules.filter(({ isEnabled }) => isEnabled).length;
  return (
    <Card title={t('rules.title')} isFlush={rules.length === 0}>
      {rules.length === 0 ? (
        <EmptyState title={t('rules.emptyTitle')}>{t('rules.emptyText')}</EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          {count > 1 ? <Notice tone="warning" title={t('rules.several', { count })} /> : null}
          <ul className="flex flex-col divide-y divide-line">
            {rules.map((rule) => (
              <li key={rule.name} className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
                <Rule t={t} rule={rule} disable={disable} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

function Rule({ t, rule, disable }: Omit<RulesCardProps, 'rules'> & { rule: ShownRule }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-mono text-sm font-medium wrap-anywhere">{rule.name}</span>
        <StatusBadge tone={rule.isEnabled ? 'positive' : 'neutral'}>
          {t(rule.isEnabled ? 'rules.enabled' : 'rules.disabled')}
        </StatusBadge>
        <span className="text-sm text-ink-muted">
          {t(rule.isConsoles ? 'rules.consoles' : 'rules.foreign')}
        </span>
        {disable !== undefined && rule.isEnabled && !rule.isConsoles ? (
          <span className="ml-auto">
            <DisableRuleButton {...disable} ruleName={rule.name} />
          </span>
        ) : null}
      </div>
      <CodeBlock label="SQL" code={rule.sql} wraps />
      {rule.functions.length === 0 ? <p className="text-sm">{t('rules.noFunction')}</p> : null}
      {rule.functions.map((called) => (
        <Called key={called.name} t={t} called={called} isConsoles={rule.isConsoles} />
      ))}
    </>
  );
}

function Called({
  t,
  called,
  isConsoles,
}: {
  t: JitrTranslator;
  called: ShownRule['functions'][number];
  isConsoles: boolean;
}) {
  const { name, state, runtime = '–', mayRuleCall, handler } = called;
  if (state === 'gone') return <p className="text-sm">{t('rules.functionGone', { name })}</p>;
  if (state === 'unread')
    return <p className="text-sm text-warning">{t('rules.functionUnread', { name })}</p>;
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        {t('rules.calls', { name, runtime })}{' '}
        {isConsoles || handler === undefined ? null : (
          <span>{handler.deeds.map((deed) => t(`rules.deed.${deed}`)).join(' ')}</span>
        )}
      </p>
      {mayRuleCall === undefined ? <p className="text-warning">{t('rules.permissionUnread')}</p> : null}
      {mayRuleCall === false ? (
        <Notice tone="danger" title={t('rules.mayNotCall')}>
          <p>{t('rules.mayNotCallHelp')}</p>
        </Notice>
      ) : null}
      {handler === undefined && !isConsoles ? (
        <p className="text-ink-muted">{t('rules.unreadable')}</p>
      ) : null}
      {isConsoles
        ? null
        : handler?.faults.map((fault) => (
            <Notice key={fault} tone="warning" title={t(`rules.fault.${fault}`)}>
              <p>{t(`rules.remedy.${fault}`)}</p>
            </Notice>
          ))}
    </div>
  );
}
