'use client';

import { useTranslations } from 'use-intl';
import {
  moveSentence,
  type PolicySentences,
  removeSentence,
  setSentence,
} from '@/lib/policy/builder/policy-sentences';
import type { JsonEdit } from '@/lib/policy/json-edit';
import type { JsonPath } from '@/lib/policy/json-tree';
import type { Place } from '@/lib/policy/lint/iot-arn';
import type { PolicyLint } from '@/lib/policy/lint/policy-finding';
import { LintList } from './lint-list';
import { StatementRow } from './statement-row';

type StatementListProps = {
  sentences: PolicySentences;
  findings: readonly PolicyLint[];
  place: Place;
  /** The one that is being edited, from 0. */
  open: number | undefined;
  onOpen: (index: number | undefined) => void;
  edit: (edits: readonly JsonEdit[], group?: string) => void;
  onFix: (finding: PolicyLint) => void;
  onShow: (path: JsonPath) => void;
};

/** The statements in the order of the policy, each with what there is to say about it. */
export function StatementList(props: StatementListProps) {
  const { sentences, findings, place, open, onOpen, edit, onFix, onShow } = props;
  const t = useTranslations('policy-editor.sentences');
  const { statements, isList } = sentences;
  if (statements.length === 0) return <p className="p-4 text-sm text-ink-muted">{t('empty')}</p>;
  return (
    <ol className="divide-y divide-line">
      {statements.map((read, index) => {
        const { path } = read;
        const moveTo = (to: number) =>
          isList && to >= 0 && to < statements.length
            ? () => {
                edit(moveSentence(path, to));
                onOpen(undefined);
              }
            : undefined;
        const own = findings.filter((finding) => isBelow(finding.path, path));
        return (
          <StatementRow
            key={path.join('.')}
            number={index + 1}
            read={read}
            place={place}
            isOpen={open === index}
            onToggle={() => onOpen(open === index ? undefined : index)}
            onUp={moveTo(index - 1)}
            onDown={moveTo(index + 1)}
            onChange={(sentence) => edit(setSentence(path, sentence, place), path.join('.'))}
            onRemove={() => {
              edit(removeSentence(path));
              onOpen(undefined);
            }}
            onShowText={() => onShow(path)}
          >
            {own.length === 0 ? null : (
              <div className="pl-9">
                <LintList findings={own} onFix={onFix} onShow={(finding) => onShow(finding.path)} />
              </div>
            )}
          </StatementRow>
        );
      })}
    </ol>
  );
}

const isBelow = (path: JsonPath, parent: JsonPath): boolean =>
  parent.every((step, depth) => path[depth] === step);
