'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { removeParameter, setParameter } from '@/lib/provisioning/document/template-edits';
import type { VisualParameter } from '@/lib/provisioning/document/visual-template';
import { AddButton } from './add-button';
import { DraftInput } from './draft-input';
import { useWorkplace } from './editor-context';
import { FindingMark } from './finding-mark';
import { KeptParts } from './node-card';
import { useParameterWords } from './use-parameter-words';

/** A value that AWS reads from the device's certificate. */
export const ParameterNode = memo(function ParameterNode({ parameter }: { parameter: VisualParameter }) {
  const t = useTranslations('editor.parameter');
  const words = useParameterWords();
  const { edit, isReadOnly } = useWorkplace();
  const { name, path, source, defaultValue, kept } = parameter;
  const word = words(name);
  const setDefault = (value: string | undefined, field?: string) =>
    edit((template) => setParameter(template, name, { defaultValue: value }), field);
  return (
    <li
      data-node={path}
      data-place={path}
      data-port-out={name}
      className="scroll-m-24 rounded-lg border border-line-strong/50 bg-surface shadow-sm"
    >
      <div className="flex items-start gap-2 py-1 pr-1 pl-3">
        <div className="min-w-0 flex-1 py-0.5">
          <p className="text-sm font-medium wrap-anywhere">{word}</p>
          <p className="truncate font-mono text-xs text-ink-muted" title={name}>
            {name.replace('AWS::IoT::Certificate::', '')}
          </p>
          {source === undefined ? <p className="text-xs text-danger">{t('unsupported')}</p> : null}
        </div>
        {isReadOnly ? null : (
          <Button
            variant="quiet"
            aria-label={t('removeOf', { name: word })}
            onPress={() => edit(() => removeParameter(name))}
            className="min-h-7! px-1.5! text-xs! text-ink-muted!"
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {defaultValue === undefined ? (
        isReadOnly || source?.kind === 'certificate-id' ? null : (
          <div className="px-1.5 pb-1">
            <AddButton onPress={() => setDefault('')}>{t('addDefault')}</AddButton>
          </div>
        )
      ) : (
        <div className="flex items-center gap-1 px-3 pb-1.5">
          <span className="shrink-0 text-xs text-ink-muted">{t('default')}</span>
          <DraftInput
            label={t('defaultOf', { name: word })}
            value={defaultValue}
            onChange={(value) => setDefault(value, `${path}.Default`)}
            isReadOnly={isReadOnly}
          />
          {isReadOnly ? null : (
            <Button
              variant="quiet"
              aria-label={t('removeDefaultOf', { name: word })}
              onPress={() => setDefault(undefined)}
              className="min-h-7! px-1.5! text-xs! text-ink-muted!"
            >
              {t('remove')}
            </Button>
          )}
        </div>
      )}
      <FindingMark path={path} className="px-3 pb-1" />
      <KeptParts parts={kept} />
    </li>
  );
});
