'use client';

import { FileBadge } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Menu } from '@/components/ui/menu';
import { setOverride, setProperty } from '@/lib/provisioning/document/template-edits';
import type { VisualResource } from '@/lib/provisioning/document/visual-template';
import { propertiesPath } from '@/lib/provisioning/references';
import { AddButton } from './add-button';
import { useWorkplace } from './editor-context';
import { FieldRow } from './field-row';
import { NodeCard } from './node-card';
import { OverrideRows } from './override-rows';
import { ValueField } from './value-field';

const STATUSES = ['ACTIVE', 'INACTIVE'] as const;
const UNSET = 'unset';

/** The device's own certificate, and the status it gets. */
export const CertificateNode = memo(function CertificateNode({
  certificate,
}: {
  certificate: VisualResource & { kind: 'certificate' };
}) {
  const t = useTranslations('editor.certificate');
  const { edit, isReadOnly } = useWorkplace();
  const { logicalId, status, overrides } = certificate;
  const path = propertiesPath(logicalId);
  const written = status?.kind === 'text' ? status.text : undefined;
  const known = STATUSES.find((word) => word === written?.toUpperCase());
  const word = known === undefined ? (written ?? t('status.unset')) : t(`status.${known}`);
  const hasStatusOverride = overrides.some(({ name }) => name === 'Status');
  return (
    <NodeCard
      resource={certificate}
      icon={FileBadge}
      kind={t('kind')}
      footer={
        hasStatusOverride ? undefined : (
          <AddButton onPress={() => edit(() => setOverride(logicalId, 'Status', 'DO_NOTHING'))}>
            {t('override')}
          </AddButton>
        )
      }
    >
      <ValueField
        label={t('id')}
        path={`${path}.CertificateId`}
        value={certificate.certificateId}
        onChange={(value, field) =>
          edit((template) => setProperty(template, logicalId, 'CertificateId', value), field)
        }
      />
      <FieldRow label={t('statusLabel')} path={`${path}.Status`}>
        {isReadOnly ? (
          <span className="text-xs">{word}</span>
        ) : (
          <Menu
            label={word}
            accessibleLabel={t('changeStatus', { status: word })}
            entries={[
              ...STATUSES.map((choice) => ({
                id: choice,
                label: t(`status.${choice}`),
                description: choice,
              })),
              { id: UNSET, label: t('status.unset'), description: t('unsetHelp') },
            ]}
            onAction={(id) =>
              edit((template) =>
                setProperty(
                  template,
                  logicalId,
                  'Status',
                  id === UNSET ? undefined : { kind: 'text', text: id },
                ),
              )
            }
            className="min-h-7! px-1.5! text-xs!"
          />
        )}
      </FieldRow>
      <OverrideRows resource={certificate} />
    </NodeCard>
  );
});
