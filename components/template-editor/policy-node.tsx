'use client';

import { Shield } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { outlinePolicy } from '@/lib/provisioning/document/policy-outline';
import { setPolicy } from '@/lib/provisioning/document/template-edits';
import type { VisualResource } from '@/lib/provisioning/document/visual-template';
import { propertiesPath } from '@/lib/provisioning/references';
import { AddButton } from './add-button';
import { useWorkplace } from './editor-context';
import { FindingMark } from './finding-mark';
import { NodeCard } from './node-card';
import { SizeMeter } from './size-meter';
import { DOCUMENT_STARTS, type DocumentStart } from './start-text';
import { StatementLine } from './statement-line';
import { ValueField } from './value-field';

export type PolicyResource = VisualResource & { kind: 'policy' };

type PolicyNodeProps = {
  policy: PolicyResource;
  size: { characters: number; max: number } | undefined;
  isOpen: boolean;
  onOpen: (logicalId: string | undefined) => void;
  /** Documents to begin with. */
  documentFor: (start: DocumentStart) => string;
};

/** What each device may do: by a document, in outline, or by the name of a policy that AWS has. */
export const PolicyNode = memo(function PolicyNode({
  policy,
  size,
  isOpen,
  onOpen,
  documentFor,
}: PolicyNodeProps) {
  const t = useTranslations('editor.policy');
  const { edit } = useWorkplace();
  const { logicalId, document, name } = policy;
  const path = propertiesPath(logicalId);
  const starter = useTranslations('template.starter');
  const describe = (id: string) => {
    const start = DOCUMENT_STARTS.find((candidate) => candidate === id);
    if (start === undefined) return;
    edit((template) => setPolicy(template, logicalId, { document: documentFor(start) }));
    onOpen(logicalId);
  };
  const nameIt = () =>
    edit((template) => setPolicy(template, logicalId, { name: name ?? { kind: 'text', text: '' } }));
  return (
    <NodeCard
      resource={policy}
      icon={Shield}
      kind={t('kind')}
      aside={isOpen ? <Badge tone="info">{t('open')}</Badge> : undefined}
      footer={
        <>
          {document === undefined ? (
            <Menu
              label={t('describe')}
              entries={DOCUMENT_STARTS.map((start) => ({
                id: start,
                label: start === 'own-topics' ? t('ownTopics') : starter(`name.${start}`),
                description:
                  start === 'own-topics'
                    ? t('ownTopicsHelp')
                    : `${start === 'admin' ? `${starter('labOnly')}. ` : ''}${starter(`what.${start}`)}`,
              }))}
              onAction={describe}
              className="min-h-7! px-1.5! text-xs! text-accent!"
            />
          ) : null}
          {document !== undefined && name === undefined ? (
            <AddButton onPress={nameIt}>{t('nameInstead')}</AddButton>
          ) : null}
        </>
      }
    >
      {name === undefined ? null : (
        <ValueField
          label={t('name')}
          path={`${path}.PolicyName`}
          value={name}
          onChange={(value, field) =>
            edit((template) => setPolicy(template, logicalId, { name: value }), field)
          }
          names="policies"
        />
      )}
      {document === undefined ? null : (
        <div data-port-in={`${path}.PolicyDocument`} data-place={`${path}.PolicyDocument`} className="px-3">
          <Outline document={document} />
          <FindingMark path={`${path}.PolicyDocument`} />
          <div className="mt-1.5 flex items-center gap-3">
            {size === undefined ? null : (
              <SizeMeter label={t('size')} characters={size.characters} max={size.max} />
            )}
            <Button
              onPress={() => onOpen(isOpen ? undefined : logicalId)}
              aria-expanded={isOpen}
              aria-label={t('editOf', { logicalId })}
              className="ml-auto min-h-7! px-2! text-xs!"
            >
              {t('edit')}
            </Button>
          </div>
        </div>
      )}
    </NodeCard>
  );
});

function Outline({ document }: { document: string }) {
  const t = useTranslations('editor.policy');
  const outline = outlinePolicy(document);
  if (!outline.ok) return <p className="text-xs text-danger">{t('notJson')}</p>;
  if (outline.value.length === 0) return <p className="text-xs text-ink-muted">{t('noStatements')}</p>;
  return (
    <ol
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      aria-label={t('statements', { count: outline.value.length })}
      className="max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line"
    >
      {outline.value.map((statement, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a statement is its place in the document
        <StatementLine key={index} statement={statement} />
      ))}
    </ol>
  );
}
