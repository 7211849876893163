'use client';

import { memo, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { positionAt } from '@/lib/policy/json-text';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import { type FindingDeeds, FindingEntry } from './finding-entry';
import { findingKey } from './finding-key';
import type { Findings } from './use-findings';

/** More are hardly read, and each costs a few drawings at every key. */
const SHOWN_MAX = 20;

type FindingsPanelProps = {
  findings: Findings;
  /** The text that the findings are of. */
  text: string;
  /** The one that was asked for last. */
  shown: TemplateLint | undefined;
  /** The same object as long as none of it changes. */
  deeds: FindingDeeds;
};

/** Everything that is to be said of the template, the gravest first, each with its place in every view and its fix. */
export const FindingsPanel = memo(function FindingsPanel({
  findings,
  text,
  shown,
  deeds,
}: FindingsPanelProps) {
  const t = useTranslations('editor.finding');
  const [isWhole, setIsWhole] = useState(false);
  const { all, drawn } = findings;
  const shownKey = shown && findingKey(shown);
  const keys = useMemo(() => drawn.map(findingKey), [drawn]);
  const count =
    isWhole || (shownKey !== undefined && keys.indexOf(shownKey) >= SHOWN_MAX) ? all.length : SHOWN_MAX;
  return (
    <Card title={t('title')} aside={t('count', { count: all.length })} isFlush>
      {all.length === 0 ? (
        <p className="px-4 py-3 text-sm text-positive">{t('none')}</p>
      ) : (
        <ol className="max-h-[28rem] divide-y divide-line overflow-y-auto">
          {drawn.slice(0, count).map((finding, index) => (
            <FindingEntry
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said of one place twice
              key={`${keys[index]} ${index}`}
              finding={finding}
              index={index}
              at={placeIn(text, all[index]?.range?.start)}
              isShown={keys[index] === shownKey}
              deeds={deeds}
            />
          ))}
        </ol>
      )}
      {count < all.length ? (
        <div className="border-t border-line px-4 py-2">
          <Button variant="quiet" onPress={() => setIsWhole(true)}>
            {t('showAll', { count: all.length })}
          </Button>
        </div>
      ) : null}
    </Card>
  );
});

function placeIn(text: string, offset: number | undefined): string | undefined {
  if (offset === undefined) return undefined;
  const { line, column } = positionAt(text, offset);
  return `${line}:${column}`;
}
