'use client';

import { useTranslations } from 'use-intl';
import { caHref, certificateHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import type { OldFacts } from './replacement-facts';

type OldCertificateProps = { environment: string; old: OldFacts; isReplaced: boolean };

/** The certificate that the device has now, and what hangs on it. */
export function OldCertificate({ environment, old, isReplaced }: OldCertificateProps) {
  const t = useTranslations('hierarchy.replacement');
  const listed = (names: readonly string[]) => (names.length === 0 ? t('none') : names.join(', '));
  const { caId, notBefore, notAfter } = old;
  return (
    <Card title={t(isReplaced ? 'oldReplaced' : 'old')}>
      <KeyValue
        entries={[
          { label: t('status'), value: <CertificateStatus status={old.status} /> },
          {
            label: t('validity'),
            value:
              notBefore === undefined || notAfter === undefined ? (
                '–'
              ) : (
                <LifeBar from={notBefore} to={notAfter} />
              ),
          },
          {
            label: t('ca'),
            value:
              caId === undefined ? (
                t('noCa')
              ) : (
                <Id value={caId} label={t('ca')} href={caHref(environment, caId)} />
              ),
          },
          { label: t('subject'), value: old.subject ?? '–' },
          { label: t('things'), value: listed(old.thingNames) },
          { label: t('policies'), value: listed(old.policyNames) },
          {
            label: t('id'),
            value: (
              <Id
                value={old.certificateId}
                label={t('id')}
                isWhole
                href={certificateHref(environment, old.certificateId)}
              />
            ),
            isWide: true,
          },
        ]}
      />
    </Card>
  );
}
