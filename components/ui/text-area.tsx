'use client';

import { type Ref, useId } from 'react';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import { classNames } from './class-names';
import { describedBy, FieldHelp, FieldLabel, FieldNotes, type FieldTexts } from './field';
import { CONTROL, FIELD } from './field-style';

type TextAreaProps = FieldTexts &
  Omit<
    AriaTextFieldProps,
    'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior' | 'type'
  > & {
    rows?: number;
    /** PEM, JSON and the like: no spelling marks, no wrapping. */
    isCode?: boolean;
    placeholder?: string;
    areaRef?: Ref<HTMLTextAreaElement>;
  };

/** Several lines of text. The caller keeps the value. */
export function TextArea({
  label,
  help,
  constraint,
  errors,
  isOptional,
  rows = 6,
  isCode = false,
  placeholder,
  areaRef,
  ...props
}: TextAreaProps) {
  const helpId = useId();
  return (
    <AriaTextField
      {...props}
      {...describedBy(helpId, help)}
      isInvalid={(errors?.length ?? 0) > 0}
      validationBehavior="aria"
      className={FIELD}
    >
      <FieldLabel label={label} isOptional={isOptional ?? false} />
      <FieldHelp id={helpId}>{help}</FieldHelp>
      <AriaTextArea
        ref={areaRef}
        rows={rows}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(isCode ? { spellCheck: false, autoCapitalize: 'off', autoCorrect: 'off' } : {})}
        className={classNames(CONTROL, 'py-2', isCode && 'overflow-x-auto font-mono text-xs whitespace-pre')}
      />
      <FieldNotes constraint={constraint} errors={errors} />
    </AriaTextField>
  );
}
