'use client';

import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { removeResource, renameResource } from '@/lib/provisioning/document/template-edits';
import type { KeptPart, VisualResource } from '@/lib/provisioning/document/visual-template';
import { DraftInput } from './draft-input';
import { useWorkplace } from './editor-context';
import { FindingMark } from './finding-mark';

type NodeCardProps = {
  resource: VisualResource;
  icon: LucideIcon;
  kind: string;
  aside?: ReactNode;
  children?: ReactNode;
  /** Buttons that add what the resource does not have yet. */
  footer?: ReactNode;
};

/** A resource in the drawing: what it is, its name in the template, its properties, and what is kept beside them. */
export function NodeCard({ resource, icon: Icon, kind, aside, children, footer }: NodeCardProps) {
  const t = useTranslations('editor.node');
  const { edit, isReadOnly } = useWorkplace();
  const titleId = useId();
  const { logicalId, path, kept } = resource;
  return (
    <section
      aria-labelledby={titleId}
      data-node={path}
      data-place={path}
      className="relative min-w-0 scroll-m-24 rounded-lg border border-line-strong/50 bg-surface shadow-sm"
    >
      <header className="flex min-h-10 items-center gap-2 border-b border-line px-3 py-1">
        <Icon aria-hidden className="size-4 shrink-0 text-accent" />
        <h3 id={titleId} className="shrink-0 text-sm font-semibold">
          {kind}
        </h3>
        <DraftInput
          label={t('logicalId', { kind })}
          value={logicalId}
          onChange={(name) => edit(() => renameResource(logicalId, name))}
          commitsOnLeave
          isQuiet
          isReadOnly={isReadOnly}
        />
        {aside}
        {isReadOnly ? null : (
          <Button
            variant="quiet"
            aria-label={t('removeResource', { kind, logicalId })}
            onPress={() => edit(() => removeResource(logicalId))}
            className="min-h-7! px-1.5! text-xs! text-ink-muted!"
          >
            {t('remove')}
          </Button>
        )}
      </header>
      <div className="py-1.5">
        <FindingMark path={path} isExact className="px-3" />
        <FindingMark path={`${path}.Properties`} isExact className="px-3" />
        {children}
        <KeptParts parts={kept} />
      </div>
      {isReadOnly || footer === undefined ? null : (
        <footer className="flex flex-wrap items-center gap-x-1 border-t border-line px-2 py-1">
          {footer}
        </footer>
      )}
    </section>
  );
}

/** What the drawing has no form for: it is there, it is kept, and it is edited as JSON. */
export function KeptParts({ parts }: { parts: readonly KeptPart[] }) {
  const t = useTranslations('editor.node');
  if (parts.length === 0) return null;
  return (
    <div className="px-3 pt-1">
      <Disclosure summary={t('kept', { count: parts.length })}>
        <dl className="flex flex-col gap-1 text-xs">
          {parts.map(({ path, json }) => (
            <div key={path} data-port-in={path} data-place={path} className="scroll-m-24">
              <dt className="font-mono wrap-anywhere text-ink-muted">{path}</dt>
              <dd className="font-mono wrap-anywhere">{json}</dd>
              <FindingMark path={path} />
            </div>
          ))}
        </dl>
      </Disclosure>
    </div>
  );
}
