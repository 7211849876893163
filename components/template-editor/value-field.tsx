'use client';

import { useTranslations } from 'use-intl';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { CERTIFICATE_PARAMETER_NAMES } from '@/lib/provisioning/certificate-parameters';
import type { VisualValue } from '@/lib/provisioning/document/visual-template';
import { DraftInput } from './draft-input';
import { useWorkplace } from './editor-context';
import { FieldRow } from './field-row';
import type { NameKind } from './name-lookups';
import { useParameterWords } from './use-parameter-words';

type ValueFieldProps = {
  label: string;
  path: string;
  value: VisualValue | undefined;
  /** `field`: typed into, key by key; undefined for a choice. */
  onChange: (value: VisualValue, field?: string) => void;
  onRemove?: (() => void) | undefined;
  /** Completed from the names that AWS has. */
  names?: NameKind | undefined;
  suggestions?: readonly string[] | undefined;
  placeholder?: string | undefined;
};

/** A value of the template: text, or a field of the device's certificate. A function is shown as it is, and kept. */
export function ValueField({ label, path, ...control }: ValueFieldProps) {
  return (
    <FieldRow label={label} path={path}>
      <ValueControl label={label} path={path} {...control} />
    </FieldRow>
  );
}

/** The value without its row. */
export function ValueControl({
  label,
  path,
  value,
  onChange,
  onRemove,
  names,
  suggestions,
  placeholder,
}: ValueFieldProps) {
  const t = useTranslations('editor.value');
  const words = useParameterWords();
  const { isReadOnly, namesOf, askFor } = useWorkplace();
  const entries: MenuEntry[] = [
    { id: TEXT, label: t('text') },
    ...CERTIFICATE_PARAMETER_NAMES.map((name) => ({ id: name, label: words(name), description: name })),
    ...(onRemove === undefined ? [] : [{ id: REMOVE, label: t('remove'), isDangerous: true }]),
  ];
  const choose = (id: string) => {
    if (id === REMOVE) onRemove?.();
    else if (id !== TEXT) onChange({ kind: 'parameter', name: id });
    else if (value?.kind !== 'text') onChange({ kind: 'text', text: '' });
  };
  const source =
    value?.kind === 'parameter' ? words(value.name) : value?.kind === 'other' ? t('other') : t('text');
  return (
    <>
      {value?.kind === 'parameter' ? null : value?.kind === 'other' ? (
        <code className="min-w-0 flex-1 truncate text-xs" title={value.json}>
          {value.json}
        </code>
      ) : (
        <DraftInput
          label={label}
          value={value?.text ?? ''}
          onChange={(text) => onChange({ kind: 'text', text }, path)}
          isReadOnly={isReadOnly}
          placeholder={placeholder}
          suggestions={names === undefined ? suggestions : namesOf(names)}
          onFocus={names === undefined ? undefined : () => askFor(names)}
        />
      )}
      {isReadOnly ? (
        <span className="text-xs">{source}</span>
      ) : (
        <Menu
          label={<span className="truncate">{source}</span>}
          accessibleLabel={t('source', { label, source })}
          entries={entries}
          onAction={choose}
          className={
            value?.kind === 'parameter'
              ? 'min-h-7! max-w-full min-w-0 rounded-full! bg-accent-soft! px-2.5! text-xs! text-accent!'
              : 'min-h-7! shrink-0 px-1.5! text-xs! text-ink-muted!'
          }
        />
      )}
    </>
  );
}

const TEXT = 'text';
const REMOVE = 'remove';
