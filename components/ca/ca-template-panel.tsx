import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { Notice } from '@/components/ui/notice';
import { printRegistrationConfig } from '@/lib/provisioning/registration-config';
import type { CaDetail, RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { CaTranslator } from './ca-translator';

type CaTemplatePanelProps = {
  t: CaTranslator;
  ca: Pick<CaDetail, 'autoRegistration' | 'registrationConfig' | 'status'>;
  /** What the template needs and makes; undefined when its text cannot be read. */
  summary: ReactNode;
  /** What is known of the template that the CA names. */
  named: ReactNode;
  /** What was seen of the role; undefined for who may not look. */
  role: ReactNode;
  actions: ReactNode;
};

/** The template of a CA as what it does, the role it runs under, and the config that AWS holds. */
export function CaTemplatePanel({ t, ca, named, summary, role, actions }: CaTemplatePanelProps) {
  const { registrationConfig: config } = ca;
  if (config === undefined) {
    return (
      <Card title={t('template.title')} isFlush>
        <EmptyState
          title={t('template.noneTitle')}
          action={actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
        >
          {t(ca.autoRegistration ? 'template.noneJitr' : 'template.noneOff')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <IdleNotice t={t} ca={ca} />
      {config.kind === 'named' ? (
        <>
          <Card title={t('template.title')} actions={actions}>
            <p>{t('template.named', { name: config.templateName })}</p>
            <p className="mt-1 text-sm text-ink-muted">{t('template.namedText')}</p>
            {named}
          </Card>
          {summary}
          {role === undefined ? null : <Card title={t('template.role')}>{role}</Card>}
        </>
      ) : (
        <Inline t={t} config={config} summary={summary} role={role} actions={actions} />
      )}
    </div>
  );
}

/** A template that is attached and does nothing is easily overlooked. */
function IdleNotice({ t, ca }: Pick<CaTemplatePanelProps, 't' | 'ca'>) {
  if (ca.status === 'ACTIVE' && ca.autoRegistration) return null;
  return (
    <Notice
      tone="info"
      title={t(ca.status === 'ACTIVE' ? 'template.idleAutoRegistration' : 'template.idleInactive')}
    />
  );
}

type InlineProps = Omit<CaTemplatePanelProps, 'ca' | 'named'> & {
  config: RegistrationConfig & { kind: 'inline' };
};

function Inline({ t, config, summary, role, actions }: InlineProps) {
  return (
    <>
      {summary ?? (
        <Card title={t('template.title')}>
          <div className="flex flex-col gap-3">
            <Notice tone="warning" title={t('template.unreadable')} />
            <CodeBlock label={t('template.title')} code={config.templateBody} wraps />
          </div>
        </Card>
      )}
      <Card title={t('template.role')}>
        <div className="flex flex-col gap-3">
          <Id value={config.roleArn} label={t('template.role')} isWhole />
          {role}
        </div>
      </Card>
      <Card title={t('template.escaped')} actions={actions}>
        <p className="mb-2 text-sm text-ink-muted">{t('template.escapedText')}</p>
        <CodeBlock label={t('template.escaped')} code={printRegistrationConfig(config)} wraps />
      </Card>
    </>
  );
}
