'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { replacementHref } from '@/components/registry/hrefs';
import { Notice } from '@/components/ui/notice';
import type { Subject } from '@/lib/pki/subject';

/** A device that gets a new certificate: the old one, and the subject that both have. */
export type ReplacedDevice = { certificateId: string; name: string; subject: Subject };

type ReplacedNoticeProps = { environment: string; replaced: ReplacedDevice };

export function ReplacedNotice({ environment, replaced: { certificateId, name } }: ReplacedNoticeProps) {
  const t = useTranslations('hierarchy.replaced');
  return (
    <Notice tone="info" title={t('title', { name })}>
      <p>
        {t.rich('text', {
          link: (text) => (
            <Link href={replacementHref(environment, certificateId)} className="link">
              {text}
            </Link>
          ),
        })}
      </p>
    </Notice>
  );
}
