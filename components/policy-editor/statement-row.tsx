'use client';

import { ArrowDown, ArrowUp, Braces, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/disclosure';
import { Menu } from '@/components/ui/menu';
import { printSentence, type ReadStatement, type Sentence } from '@/lib/policy/builder/sentence';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { SentenceForm } from './sentence-form';
import { useSentenceText } from './use-sentence-text';

export type StatementRowProps = {
  /** From 1, as the list shows it. */
  number: number;
  read: ReadStatement;
  place: Place;
  isOpen: boolean;
  /** Undefined: it is the first, or the last, or the only one. */
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onToggle: () => void;
  onChange: (sentence: Sentence) => void;
  onRemove: () => void;
  onShowText: () => void;
  /** What there is to say about it. */
  children: ReactNode;
};

/** One statement: its sentence, or its text where it says more than a sentence can. */
export function StatementRow(props: StatementRowProps) {
  const { number, read, place, isOpen, onUp, onDown, onToggle, onChange, onRemove, onShowText } = props;
  const t = useTranslations('policy-editor.sentences');
  const textOf = useSentenceText();
  function act(id: string) {
    if (id === 'up') onUp?.();
    else if (id === 'down') onDown?.();
    else if (id === 'text') onShowText();
    else onRemove();
  }
  return (
    <li aria-label={t('number', { number })} className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <span aria-hidden className="mt-1 w-6 shrink-0 text-right text-xs text-ink-muted tabular-nums">
          {number}
        </span>
        <div className="min-w-48 flex-1 text-sm wrap-anywhere">
          {read.kind === 'sentence' ? (
            <p className="mt-0.5">
              {textOf(read.sentence)}{' '}
              {read.sentence.sid === undefined ? null : <Badge>{read.sentence.sid}</Badge>}
            </p>
          ) : (
            <div className="mt-0.5 flex flex-col gap-1">
              <p className="text-ink-muted">{t('other')}</p>
              <Disclosure summary={t('otherJson', { number })}>
                <CodeBlock
                  label={t('otherJson', { number })}
                  code={JSON.stringify(read.statement, null, 2)}
                  wraps
                />
              </Disclosure>
            </div>
          )}
        </div>
        <div className="ml-auto flex flex-wrap justify-end">
          {read.kind === 'sentence' ? (
            <Button
              variant="quiet"
              icon={<Pencil aria-hidden />}
              aria-expanded={isOpen}
              aria-label={t(isOpen ? 'doneOf' : 'editOf', { number })}
              onPress={onToggle}
            >
              {t(isOpen ? 'done' : 'edit')}
            </Button>
          ) : null}
          <Menu
            label={t('acts')}
            accessibleLabel={t('more', { number })}
            entries={[
              { id: 'up', label: t('up'), icon: <ArrowUp aria-hidden />, isDisabled: onUp === undefined },
              {
                id: 'down',
                label: t('down'),
                icon: <ArrowDown aria-hidden />,
                isDisabled: onDown === undefined,
              },
              { id: 'text', label: t('showText'), icon: <Braces aria-hidden /> },
              { id: 'remove', label: t('remove'), icon: <Trash2 aria-hidden />, isDangerous: true },
            ]}
            onAction={act}
          />
        </div>
      </div>
      {isOpen && read.kind === 'sentence' ? (
        <div className="rounded-md bg-sunken p-3">
          <DraftForm sentence={read.sentence} place={place} onChange={onChange} />
        </div>
      ) : null}
      {props.children}
    </li>
  );
}

/**
 * A statement can be read as more than one sentence, `client/*` as a form of names for one. What was chosen stays while it
 * says what the policy says.
 */
function DraftForm({
  sentence,
  place,
  onChange,
}: {
  sentence: Sentence;
  place: Place;
  onChange: (sentence: Sentence) => void;
}) {
  const [draft, setDraft] = useState(sentence);
  const text = (value: Sentence) => JSON.stringify(printSentence(value, place));
  return (
    <SentenceForm
      sentence={text(draft) === text(sentence) ? draft : sentence}
      place={place}
      onChange={(changed) => {
        setDraft(changed);
        onChange(changed);
      }}
    />
  );
}
