'use client';

import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { layOutJson } from '@/lib/policy/json-layout';
import { type DiffLine, diffLines } from '@/lib/provisioning/diff/line-diff';
import { policyTexts, readTemplateDocument } from '@/lib/provisioning/document/template-document';
import type { ComparedTemplate } from './template-diff-view';

type TextDiffProps = { before: ComparedTemplate; after: ComparedTemplate };

/** The texts line by line, laid out alike; policy documents, which the template holds on one escaped line, apart. */
export function TextDiff({ before, after }: TextDiffProps) {
  const t = useTranslations('templates.diff');
  const old = policiesOf(before.templateBody);
  const fresh = policiesOf(after.templateBody);
  const changed = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (name) => old.get(name) !== fresh.get(name),
  );
  return (
    <div className="flex flex-col gap-4">
      <p className="text-xs text-ink-muted">{t('linesText', { before: before.label, after: after.label })}</p>
      <Lines
        label={t('template')}
        before={layOutJson(before.templateBody)}
        after={layOutJson(after.templateBody)}
      />
      {changed.map((name) => (
        <Lines
          key={name}
          label={t('document', { name })}
          before={old.get(name) ?? ''}
          after={fresh.get(name) ?? ''}
        />
      ))}
    </div>
  );
}

const policiesOf = (templateBody: string): Map<string, string> =>
  new Map(
    policyTexts(readTemplateDocument(templateBody)).map(({ logicalId, text }) => [
      logicalId,
      layOutJson(text),
    ]),
  );

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const LINES: Record<DiffLine['kind'], string> = {
  same: '',
  removed: 'bg-danger-soft text-danger',
  added: 'bg-positive-soft text-positive',
};

function Lines({ label, before, after }: { label: string; before: string; after: string }) {
  const t = useTranslations('templates.diff');
  const lines = diffLines(before, after);
  const hasChanges = lines.some(({ kind }) => kind !== 'same');
  return (
    <figure aria-label={label} className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="border-b border-line px-3 py-1 text-xs font-medium">{label}</figcaption>
      {hasChanges ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <div tabIndex={0} className="max-h-96 overflow-auto font-mono text-xs -outline-offset-2">
          <table className="w-full border-collapse">
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('lineBefore')}</th>
                <th scope="col">{t('lineAfter')}</th>
                <th scope="col">{t('lineText')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ kind, text, before: old, after: fresh }) => (
                <tr key={`${old ?? ''}:${fresh ?? ''}`} className={LINES[kind]}>
                  <td className={NUMBER}>{old}</td>
                  <td className={NUMBER}>{fresh}</td>
                  <td className="px-2 wrap-anywhere whitespace-pre-wrap">
                    {kind === 'same' ? null : <span className="sr-only">{t(`kind.${kind}`)} </span>}
                    <span aria-hidden>{SIGNS[kind]} </span>
                    {text}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="p-3 text-xs text-ink-muted">{t('onlyWhiteSpace')}</p>
      )}
    </figure>
  );
}

const NUMBER = classNames('w-10 px-1 text-right align-top tabular-nums select-none', 'text-ink-muted');
