'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { PolicyEditor } from '@/components/policy-editor/policy-editor';
import { Button } from '@/components/ui/button';
import { setPolicy } from '@/lib/provisioning/document/template-edits';
import type { VisualTemplate } from '@/lib/provisioning/document/visual-template';
import { useWorkplace } from './editor-context';
import type { EditorPlace } from './editor-port';

type OpenPolicyProps = {
  visual: VisualTemplate | undefined;
  /** The policy that is open, by its name in the template. */
  logicalId: string | undefined;
  place: EditorPlace;
  authorizationUrl: string | undefined;
  onClose: () => void;
};

/** The policy that is open, with room to work on it; what is changed there is a change of the template. */
export function OpenPolicy({ visual, logicalId, place, authorizationUrl, onClose }: OpenPolicyProps) {
  const t = useTranslations('editor.policy');
  const { edit, isReadOnly } = useWorkplace();
  const policies = visual?.resources.filter((resource) => resource.kind === 'policy') ?? [];
  const policy = policies.find((candidate) => candidate.logicalId === logicalId);
  const panel = useRef<HTMLElement>(null);
  const isThere = policy?.document !== undefined && !isReadOnly;
  // It opens below the drawing, perhaps out of view.
  useEffect(() => {
    if (!isThere || logicalId === undefined) return;
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'start' });
  }, [isThere, logicalId]);
  if (policy?.document === undefined || isReadOnly) return null;
  const { accountId, region } = place;
  return (
    <section
      aria-label={t('panel', { logicalId: policy.logicalId })}
      ref={panel}
      tabIndex={-1}
      className="flex min-w-0 scroll-m-24 flex-col gap-3 rounded-lg border border-accent bg-canvas p-3"
    >
      <header className="flex items-center gap-3">
        <h2 className="min-w-0 flex-1 text-base font-semibold wrap-anywhere">
          {t('panel', { logicalId: policy.logicalId })}
        </h2>
        <Button onPress={onClose}>{t('close')}</Button>
      </header>
      <PolicyEditor
        key={policy.logicalId}
        document={policy.document}
        onChange={(document) =>
          edit(
            (template) => setPolicy(template, policy.logicalId, { document }),
            `policy ${policy.logicalId}`,
          )
        }
        context={{ place: { accountId, region }, hasCompanions: policies.length > 1, authorizationUrl }}
      />
    </section>
  );
}
