'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { classNames } from '@/components/ui/class-names';
import { TONE_TEXT } from '@/components/ui/tone';
import { ToneIcon } from '@/components/ui/tone-icon';
import { positionAt } from '@/lib/policy/json-text';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import { FindingSentence } from './finding-sentence';
import { SEVERITY_TONES } from './severity';

export type FindingView = 'visual' | 'template' | 'config';

/** A finding, and its place as the drawing writes it. */
export type PlacedFinding = TemplateLint & { written: string };

type FindingsPanelProps = {
  findings: readonly PlacedFinding[];
  /** The text that the findings are of. */
  text: string;
  /** The one that was asked for last. */
  shown: TemplateLint | undefined;
  onFix: (finding: TemplateLint) => void;
  onShow: (finding: PlacedFinding, view: FindingView) => void;
};

/** Everything that is to be said of the template, the gravest first, each with its place in every view and its fix. */
export function FindingsPanel({ findings, text, shown, onFix, onShow }: FindingsPanelProps) {
  const t = useTranslations('editor.finding');
  return (
    <Card title={t('title')} aside={t('count', { count: findings.length })} isFlush>
      {findings.length === 0 ? (
        <p className="px-4 py-3 text-sm text-positive">{t('none')}</p>
      ) : (
        <ol className="max-h-96 divide-y divide-line overflow-y-auto">
          {findings.map((finding) => {
            const { id, severity, written, range, fix } = finding;
            const tone = SEVERITY_TONES[severity];
            const at = range && positionAt(text, range.start);
            return (
              <li
                key={`${id} ${written} ${range?.start}`}
                data-finding={findingKey(finding)}
                tabIndex={-1}
                className={classNames(
                  'flex flex-col gap-1 px-4 py-2 text-sm -outline-offset-2',
                  shown !== undefined && findingKey(shown) === findingKey(finding) && 'bg-accent-soft',
                )}
              >
                <p className="flex items-start gap-2">
                  <ToneIcon tone={tone} className="mt-0.5 size-4" />
                  <span className="min-w-0 wrap-anywhere">
                    <span className={classNames('font-medium', TONE_TEXT[tone])}>
                      {t(`severity.${severity}`)}
                    </span>{' '}
                    <FindingSentence finding={finding} />
                  </span>
                </p>
                <p className="flex flex-wrap items-center gap-x-1 gap-y-1 pl-6">
                  {fix === undefined ? null : (
                    <Button onPress={() => onFix(finding)} className="min-h-7! px-2! text-xs!">
                      {t('fix')}
                    </Button>
                  )}
                  {range === undefined ? null : (
                    <>
                      {(['visual', 'template', 'config'] as const).map((view) => (
                        <Button
                          key={view}
                          variant="quiet"
                          onPress={() => onShow(finding, view)}
                          className="min-h-7! px-1.5! text-xs! text-accent!"
                        >
                          {t(`show.${view}`)}
                        </Button>
                      ))}
                      <span className="font-mono text-xs wrap-anywhere text-ink-muted">
                        {written}
                        {at === undefined ? '' : ` ${at.line}:${at.column}`}
                      </span>
                    </>
                  )}
                </p>
              </li>
            );
          })}
        </ol>
      )}
    </Card>
  );
}

/** What tells one finding from another, over changes of the text. */
export const findingKey = ({ id, path, policyPath }: TemplateLint): string =>
  JSON.stringify([id, path, policyPath ?? []]);
