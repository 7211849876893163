'use client';

import { useId } from 'react';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components/NumberField';
import { describedBy, FieldHelp, FieldLabel, FieldNotes, type FieldTexts } from './field';
import { CONTROL, FIELD } from './field-style';

type NumberFieldProps = FieldTexts &
  Omit<AriaNumberFieldProps, 'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior'> & {
    /** The unit behind the number, e.g. "days". */
    unit?: string;
  };

/** A number in the digits and separators of the person's language; arrow keys step it. */
export function NumberField({
  label,
  help,
  constraint,
  errors,
  isOptional,
  unit,
  ...props
}: NumberFieldProps) {
  const helpId = useId();
  return (
    <AriaNumberField
      {...props}
      {...describedBy(helpId, help)}
      isInvalid={(errors?.length ?? 0) > 0}
      validationBehavior="aria"
      className={FIELD}
    >
      <FieldLabel label={label} isOptional={isOptional ?? false} />
      <FieldHelp id={helpId}>{help}</FieldHelp>
      <Group className="flex items-center gap-2 text-sm">
        <Input className={`${CONTROL} max-w-32`} />
        {unit}
      </Group>
      <FieldNotes constraint={constraint} errors={errors} />
    </AriaNumberField>
  );
}
