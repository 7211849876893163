'use client';

import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { VisualTemplate } from '@/lib/provisioning/document/visual-template';
import { Graph } from './graph';
import type { ReadText } from './read-text';
import { RoleNode, type RoleNodeProps } from './role-node';

type VisualViewProps = {
  read: ReadText;
  role: Omit<RoleNodeProps, 'value'>;
  openPolicy: string | undefined;
  onOpenPolicy: (logicalId: string | undefined) => void;
  blankDocument: () => string;
  onDropBroken: () => void;
};

/** The drawing of the template. While a text cannot be read it stays as it was, and says so. */
export function VisualView({
  read,
  role,
  openPolicy,
  onOpenPolicy,
  blankDocument,
  onDropBroken,
}: VisualViewProps) {
  const t = useTranslations('editor.visual');
  const { text, visual, sizes } = read;
  const drawn = useLast(visual);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {text.broken === undefined ? null : (
        <Notice tone="warning" title={t(`broken.${text.broken.view}`)}>
          <p>{t('brokenHelp')}</p>
          <div>
            <Button onPress={onDropBroken}>{t('dropBroken')}</Button>
          </div>
        </Notice>
      )}
      {visual === undefined ? (
        <Notice tone="warning" title={t('notATemplate')}>
          <p>{t(drawn === undefined ? 'notATemplateHelp' : 'lastDrawing')}</p>
        </Notice>
      ) : null}
      <RoleNode {...role} value={text.roleArn} />
      {drawn === undefined ? null : (
        <Graph
          visual={drawn}
          sizes={sizes}
          openPolicy={openPolicy}
          onOpenPolicy={onOpenPolicy}
          blankDocument={blankDocument}
        />
      )}
    </div>
  );
}

/** The drawing as it was the last time there was one. */
function useLast(visual: VisualTemplate | undefined): VisualTemplate | undefined {
  const [last, setLast] = useState(visual);
  const seen = useRef(visual);
  if (visual !== undefined && seen.current !== visual) seen.current = visual;
  // Kept as state only when the drawing goes away, so that typing does not render twice.
  if (visual === undefined && last !== seen.current) setLast(seen.current);
  return visual ?? last;
}
