import { caHref, certificateHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import type { DeviceDiagnosis } from '@/lib/diagnosis/device-diagnosis';
import { ABSENT } from '@/lib/diagnosis/known';
import { getTranslations } from '@/lib/locale/get-translations';
import { readLeaf } from './read-device-page';

type ForeignSummaryProps = {
  environment: string;
  device: DeviceDiagnosis;
  leafPem: string | undefined;
};

/** What a certificate says of itself that was not issued here, so the ledger has no row of it. */
export async function ForeignSummary({ environment, device, leafPem }: ForeignSummaryProps) {
  const t = await getTranslations('device');
  const { certificateId, caId, status } = device;
  const leaf = await readLeaf(leafPem);
  return (
    <Card title={t('foreign.title')}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-sm text-ink-muted">{t('foreign.text')}</p>
        <KeyValue
          entries={[
            ...(status === undefined || status === ABSENT
              ? []
              : [{ label: t('foreign.status'), value: <CertificateStatus status={status} /> }]),
            ...(leaf === undefined
              ? []
              : [
                  { label: t('summary.subject'), value: leaf.subject.text },
                  { label: t('foreign.issuer'), value: leaf.issuer.text },
                  {
                    label: t('summary.validity'),
                    value: <LifeBar from={leaf.notBefore} to={leaf.notAfter} />,
                  },
                  {
                    label: t('summary.serial'),
                    value: <Id value={leaf.serialHex} label={t('summary.serial')} isWhole />,
                  },
                ]),
            ...(caId === undefined
              ? []
              : [
                  {
                    label: t('summary.ca'),
                    value: <Id value={caId} label={t('summary.ca')} href={caHref(environment, caId)} />,
                  },
                ]),
            {
              label: t('summary.certificateId'),
              value: (
                <Id
                  value={certificateId}
                  label={t('summary.certificateId')}
                  href={certificateHref(environment, certificateId)}
                  isWhole
                />
              ),
              isWide: true,
            },
          ]}
        />
      </div>
    </Card>
  );
}
