'use client';

import { useTranslations } from 'use-intl';
import { issueHrefFor } from '@/components/device/replaced-href';
import { Card } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import type { OldFacts } from './replacement-facts';

type BeginReplacementProps = { environment: string; old: OldFacts; mayIssue: boolean };

/** The two ways to a new certificate: the same CA, or another. */
export function BeginReplacement({ environment, old, mayIssue }: BeginReplacementProps) {
  const t = useTranslations('hierarchy.replacement');
  const { caId: ca, certificateId: replaces } = old;
  return (
    <Card title={t('make')}>
      <p className="mb-3 max-w-prose text-sm">{mayIssue ? t('makeText') : t('mayNot')}</p>
      {mayIssue ? (
        <div className="flex flex-wrap gap-2">
          {ca === undefined ? null : (
            <LinkButton variant="primary" href={issueHrefFor(environment, { ca, replaces })}>
              {t('sameCa')}
            </LinkButton>
          )}
          <LinkButton href={issueHrefFor(environment, { replaces })}>{t('otherCa')}</LinkButton>
        </div>
      ) : null}
    </Card>
  );
}
