'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { deviceHref } from '@/components/registry/hrefs';
import { Notice } from '@/components/ui/notice';
import { TimeAgo } from '@/components/ui/time-ago';
import type { RegistryAnswer } from './registry-answer';

type NamesakesProps = { environment: string; namesakes: RegistryAnswer['namesakes'] };

/** Says that there are devices of this name already: mostly a mistake, sometimes a replacement. */
export function Namesakes({ environment, namesakes }: NamesakesProps) {
  const t = useTranslations('device.namesakes');
  if (namesakes.length === 0) return null;
  return (
    <Notice tone="warning" role="status" title={t('title', { count: namesakes.length })}>
      <p>{t('text')}</p>
      <ul className="flex flex-col gap-0.5">
        {namesakes.map(({ certificateId, issuedAt, operatorName }) => (
          <li key={certificateId}>
            <Link href={deviceHref(environment, certificateId)} target="_blank" className="link font-mono">
              {certificateId.slice(0, 8)}
            </Link>{' '}
            <TimeAgo at={issuedAt} /> · {operatorName}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
