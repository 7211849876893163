'use client';

import { memo, useCallback, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { VisualTemplate } from '@/lib/provisioning/document/visual-template';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { EditorPlace } from './editor-port';
import type { EditorAct } from './editor-state';
import { Graph } from './graph';
import type { ReadText } from './read-text';
import { RoleNode } from './role-node';
import { type DocumentStart, startingDocument } from './start-text';
import { useKeptSame } from './use-kept-same';

type VisualViewProps = {
  read: ReadText;
  place: EditorPlace;
  roleFacts: ProvisioningRoleFacts | undefined;
  openPolicy: string | undefined;
  onOpenPolicy: (logicalId: string | undefined) => void;
  dispatch: (deed: EditorAct) => void;
};

/** The drawing of the template. While a text cannot be read it stays as it was, and says so. */
export const VisualView = memo(function VisualView({
  read: { text, visual, sizes },
  place,
  roleFacts,
  openPolicy,
  onOpenPolicy,
  dispatch,
}: VisualViewProps) {
  const t = useTranslations('editor.visual');
  const drawn = useLast(visual);
  const policySizes = useKeptSame(sizes.policies);
  const { accountId, region } = place;
  const documentFor = useCallback(
    (start: DocumentStart) => startingDocument({ accountId, region }, start),
    [accountId, region],
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {text.broken === undefined ? null : (
        <Notice tone="warning" title={t(`broken.${text.broken.view}`)}>
          <p>{t('brokenHelp')}</p>
          <div>
            <Button onPress={() => dispatch({ kind: 'drop-broken' })}>{t('dropBroken')}</Button>
          </div>
        </Notice>
      )}
      {visual === undefined ? (
        <Notice tone="warning" title={t('notATemplate')}>
          <p>{t(drawn === undefined ? 'notATemplateHelp' : 'lastDrawing')}</p>
        </Notice>
      ) : null}
      <RoleNode
        value={text.roleArn}
        accountId={accountId}
        facts={roleFacts}
        onChange={useCallback(
          (arn: string) => dispatch({ kind: 'role', arn, atMs: performance.now() }),
          [dispatch],
        )}
      />
      {drawn === undefined ? null : (
        <Graph
          visual={drawn}
          sizes={policySizes}
          openPolicy={openPolicy}
          onOpenPolicy={onOpenPolicy}
          documentFor={documentFor}
        />
      )}
    </div>
  );
});

/** The drawing as it was the last time there was one. */
function useLast(visual: VisualTemplate | undefined): VisualTemplate | undefined {
  const [last, setLast] = useState(visual);
  const seen = useRef(visual);
  if (visual !== undefined && seen.current !== visual) seen.current = visual;
  // Kept as state only when the drawing goes away, so that typing does not render twice.
  if (visual === undefined && last !== seen.current) setLast(seen.current);
  return visual ?? last;
}
