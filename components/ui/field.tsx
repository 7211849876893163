'use client';

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { useTranslations } from 'use-intl';

/** What every field has besides its value. */
export type FieldTexts = {
  label: string;
  /** One line under the label: what this is for. */
  help?: ReactNode;
  /** One line under the field: what is accepted, e.g. "2 letters". */
  constraint?: ReactNode;
  /** Sentences; the field is marked as invalid when there are any. */
  errors?: readonly string[] | undefined;
  /** Marks the field as one that may stay empty. */
  isOptional?: boolean;
};

export function FieldLabel({ label, isOptional = false }: Pick<FieldTexts, 'label' | 'isOptional'>) {
  const t = useTranslations('ui');
  return (
    <Label className="text-sm font-medium">
      {label}
      {isOptional ? <span className="font-normal text-ink-muted"> {t('optional')}</span> : null}
    </Label>
  );
}

/** The line of help. `id` goes into the `aria-describedby` of the field. */
export function FieldHelp({ id, children }: { id: string; children: ReactNode }) {
  if (children === undefined || children === null) return null;
  return (
    <p id={id} className="text-xs text-ink-muted">
      {children}
    </p>
  );
}

/** Ties the help to the field, when there is some. */
export function describedBy(helpId: string, help: ReactNode): { 'aria-describedby'?: string } {
  return help === undefined || help === null ? {} : { 'aria-describedby': helpId };
}

/** Constraint and errors, under the field. */
export function FieldNotes({ constraint, errors = [] }: Pick<FieldTexts, 'constraint' | 'errors'>) {
  return (
    <>
      {constraint === undefined ? null : (
        <Text slot="description" className="text-xs text-ink-muted">
          {constraint}
        </Text>
      )}
      <FieldError className="flex flex-col gap-0.5 text-sm text-danger">
        {errors.map((error) => (
          <span key={error} className="flex gap-1.5">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {error}
          </span>
        ))}
      </FieldError>
    </>
  );
}
