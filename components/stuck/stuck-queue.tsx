'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { type Looks, useLooks } from '@/components/registry/use-looks';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { LOOK_MAX, type StuckLook } from '@/lib/registry/stuck';
import { StuckGroupCard } from './stuck-group-card';
import { groupStuck, type StuckRow } from './stuck-groups';

type StuckQueueProps = {
  environment: string;
  rows: readonly StuckRow[];
  /** When the rows were read, ISO 8601. */
  readAt: string;
};

/** The stuck devices by cause. The first few are looked at by themselves, the others when somebody asks. */
export function StuckQueue({ environment, rows, readAt }: StuckQueueProps) {
  const key = rows.map(({ certificateId }) => certificateId).join(' ');
  const ids = useMemo(() => key.split(' '), [key]);
  const looks = useLooks<StuckLook>(`/e/${environment}/stuck/looks`, ids, LOOK_MAX, readAt);
  const groups = useMemo(() => groupStuck(rows, looks.found), [rows, looks.found]);
  return (
    <>
      <LookBar looks={looks} total={ids.length} />
      {groups.map((group) => (
        <StuckGroupCard key={group.key} environment={environment} group={group} />
      ))}
    </>
  );
}

function LookBar({ looks, total }: { looks: Looks<StuckLook>; total: number }) {
  const t = useTranslations('stuck.look');
  const { found, isLooking, isBroken, calls, look, stop } = looks;
  const left = total - found.size;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <p role="status" className="flex items-center gap-2 tabular-nums">
          {isLooking ? <Spinner /> : null}
          {t('progress', { count: found.size, total, calls })}
        </p>
        {isLooking ? <Button onPress={stop}>{t('stop')}</Button> : null}
        {isLooking || left === 0 ? null : (
          <>
            <Button onPress={() => look(LOOK_MAX)}>{t('next', { count: Math.min(left, LOOK_MAX) })}</Button>
            {left > LOOK_MAX ? <Button onPress={() => look(left)}>{t('all', { count: left })}</Button> : null}
          </>
        )}
      </div>
      {isBroken ? <Notice tone="warning" role="alert" title={t('broken')} /> : null}
    </div>
  );
}
