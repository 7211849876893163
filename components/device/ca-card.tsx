'use client';

import { Lock } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { caHref } from '@/components/registry/hrefs';
import { CaStatus } from '@/components/status/resource-status';
import { templateHref } from '@/components/template-library/templates-query';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { LifeBar } from '@/components/ui/life-bar';
import { Notice } from '@/components/ui/notice';
import { StatusBadge } from '@/components/ui/status-badge';
import type { CaObstacle, IssuingCa } from '@/lib/registry/issuing-ca';
import { CaUnlock } from './ca-unlock';
import { issueHref } from './devices-query';
import { TemplateNotice } from './template-notice';
import type { UnderstoodTemplate } from './understood-template';
import { keepUnlocked, lockKey } from './unlocked-keys';

type CaCardProps = {
  environment: string;
  ca: IssuingCa;
  obstacle: CaObstacle | undefined;
  /** Undefined where nothing is provisioned by it. */
  template: UnderstoodTemplate | undefined;
  isUnlocked: boolean;
  /** Where another CA is chosen; by default for one device. */
  otherCaHref?: Route;
};

/** The CA that signs: what it is, whether it can, and its key, locked or unlocked. */
export function CaCard({
  environment,
  ca,
  obstacle,
  template,
  isUnlocked,
  otherCaHref = issueHref(environment, {}),
}: CaCardProps) {
  const t = useTranslations('device');
  return (
    <Card
      title={t('ca.title')}
      actions={
        <Link href={otherCaHref} className="link text-sm">
          {t('issue.otherCa')}
        </Link>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
          <Link href={caHref(environment, ca.caId)} className="link font-medium wrap-anywhere">
            {ca.name || ca.caId.slice(0, 8)}
          </Link>
          <CaStatus status={ca.status} />
          <span className="wrap-anywhere">
            {t(`chooseCa.templateKind.${ca.template.kind}`)}
            {ca.template.kind === 'named' ? (
              <>
                {' '}
                <Link href={templateHref(environment, ca.template.templateName)} className="link font-mono">
                  {ca.template.templateName}
                </Link>
              </>
            ) : null}
          </span>
          <LifeBar from={ca.notBefore} to={ca.notAfter} />
        </div>
        {obstacle === undefined ? null : <Notice tone="danger" title={t(`caObstacle.${obstacle}`)} />}
        {obstacle === undefined && !ca.autoRegistration ? (
          <Notice tone="warning" title={t('ca.noAutoRegistration')}>
            <p>{t('ca.noAutoRegistrationText')}</p>
          </Notice>
        ) : null}
        {obstacle !== undefined || template === undefined ? null : (
          <TemplateNotice environment={environment} caId={ca.caId} template={template} />
        )}
        {obstacle === undefined ? <Key ca={ca} isUnlocked={isUnlocked} /> : null}
      </div>
    </Card>
  );
}

function Key({ ca, isUnlocked }: Pick<CaCardProps, 'ca' | 'isUnlocked'>) {
  const t = useTranslations('device.unlock');
  if (!isUnlocked) {
    return <CaUnlock ca={ca} onUnlocked={(handle) => keepUnlocked(ca.caId, handle)} />;
  }
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <StatusBadge tone="positive">{t('unlocked')}</StatusBadge>
      <span className="text-xs text-ink-muted">{t('unlockedText')}</span>
      <Button onPress={() => lockKey(ca.caId)} icon={<Lock aria-hidden />}>
        {t('lock')}
      </Button>
    </div>
  );
}
