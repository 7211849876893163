'use client';

import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { positionAt } from '@/lib/policy/json-text';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import { FindingEntry } from './finding-entry';
import { type FindingView, findingKey, type PlacedFinding } from './finding-key';
import type { MissingName } from './missing-name';

type FindingsPanelProps = {
  findings: readonly PlacedFinding[];
  /** The text that the findings are of. */
  text: string;
  /** The one that was asked for last. */
  shown: TemplateLint | undefined;
  /** Whether the operator may make it. */
  canCreate: (missing: MissingName) => boolean;
  onCreate: (missing: MissingName) => void;
  onFix: (finding: PlacedFinding) => void;
  onShow: (finding: PlacedFinding, view: FindingView) => void;
};

/** Everything that is to be said of the template, the gravest first, each with its place in every view and its fix. */
export function FindingsPanel({
  findings,
  text,
  shown,
  canCreate,
  onCreate,
  onFix,
  onShow,
}: FindingsPanelProps) {
  const t = useTranslations('editor.finding');
  return (
    <Card title={t('title')} aside={t('count', { count: findings.length })} isFlush>
      {findings.length === 0 ? (
        <p className="px-4 py-3 text-sm text-positive">{t('none')}</p>
      ) : (
        <ol className="max-h-96 divide-y divide-line overflow-y-auto">
          {findings.map((finding) => {
            const { id, written, range } = finding;
            const at = range && positionAt(text, range.start);
            return (
              <FindingEntry
                key={`${id} ${written} ${range?.start}`}
                finding={finding}
                at={at}
                isShown={shown !== undefined && findingKey(shown) === findingKey(finding)}
                canCreate={canCreate}
                onCreate={onCreate}
                onFix={onFix}
                onShow={onShow}
              />
            );
          })}
        </ol>
      )}
    </Card>
  );
}
