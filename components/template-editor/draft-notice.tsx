'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TimeAgo } from '@/components/ui/time-ago';

type DraftNoticeProps = {
  savedAt: string;
  /** What it began with is no longer what AWS has. */
  isOutdated: boolean;
  onDrop: () => void;
  onKeep: () => void;
};

/** Says that what is on the page is a draft, and lets it be dropped. */
export function DraftNotice({ savedAt, isOutdated, onDrop, onKeep }: DraftNoticeProps) {
  const t = useTranslations('editor.draft');
  return (
    <Notice tone={isOutdated ? 'warning' : 'info'} title={t('restored')}>
      <p>
        <TimeAgo at={savedAt} /> {isOutdated ? t('changed') : ''}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onPress={onDrop}>{t('discard')}</Button>
        <Button variant="quiet" onPress={onKeep}>
          {t('keep')}
        </Button>
      </div>
    </Notice>
  );
}
