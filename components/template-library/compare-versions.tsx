'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Select } from '@/components/ui/select';
import type { TemplateVersionText } from '@/lib/registry/provisioning-template';
import { TemplateDiffView } from './template-diff-view';

/** Any two versions side by side; at first the one in force and the newest other, the older one before. */
export function CompareVersions({ versions }: { versions: readonly TemplateVersionText[] }) {
  const t = useTranslations('templates');
  const inForce = versions.find(({ isDefault }) => isDefault) ?? versions[0];
  const other = versions.find(({ versionId }) => versionId !== inForce?.versionId);
  const [older, newer] = [inForce?.versionId ?? 0, other?.versionId ?? 0].sort((one, two) => one - two);
  const [chosen, setChosen] = useState({ before: older, after: newer });
  if (inForce === undefined || other === undefined) {
    return (
      <Card title={t('compare.title')} isFlush>
        <EmptyState title={t('compare.onlyOne')}>{t('compare.onlyOneText')}</EmptyState>
      </Card>
    );
  }

  const before = versions.find(({ versionId }) => versionId === chosen.before) ?? inForce;
  const after = versions.find(({ versionId }) => versionId === chosen.after) ?? other;
  const nameOf = ({ versionId, isDefault }: TemplateVersionText) =>
    t(isDefault ? 'versions.nameInForce' : 'versions.name', { version: versionId });
  const options = versions.map((version) => ({
    value: String(version.versionId),
    label: nameOf(version),
  }));
  return (
    <Card title={t('compare.title')}>
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2 lg:max-w-2xl">
          <Select
            label={t('diff.before')}
            options={options}
            value={String(before.versionId)}
            onChange={(id) => setChosen((now) => ({ ...now, before: Number(id) }))}
          />
          <Select
            label={t('diff.after')}
            options={options}
            value={String(after.versionId)}
            onChange={(id) => setChosen((now) => ({ ...now, after: Number(id) }))}
          />
        </div>
        {before.body.ok && after.body.ok ? (
          <TemplateDiffView
            before={{ label: nameOf(before), templateBody: before.body.value }}
            after={{ label: nameOf(after), templateBody: after.body.value }}
          />
        ) : (
          [before, after].map(({ versionId, body }) =>
            body.ok ? null : <FailureNotice key={versionId} failure={body.failure} />,
          )
        )}
      </div>
    </Card>
  );
}
