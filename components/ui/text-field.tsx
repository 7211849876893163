'use client';

import { type ReactNode, type Ref, useId } from 'react';
import { Input } from 'react-aria-components/Input';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import { classNames } from './class-names';
import { describedBy, FieldHelp, FieldLabel, FieldNotes, type FieldTexts } from './field';
import { CONTROL, FIELD } from './field-style';

type TextFieldProps = FieldTexts &
  Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior'> & {
    /** Ids and codes. */
    isMonospace?: boolean;
    placeholder?: string;
    /** A unit or another control behind the field. */
    suffix?: ReactNode;
    inputRef?: Ref<HTMLInputElement>;
    /** Offered while one types; anything else can be typed as well. */
    suggestions?: readonly string[];
  };

/** One line of text. The caller keeps the value, so nothing typed is lost when an action refuses it. */
export function TextField({
  label,
  help,
  constraint,
  errors,
  isOptional,
  isMonospace = false,
  placeholder,
  suffix,
  inputRef,
  suggestions,
  ...props
}: TextFieldProps) {
  const helpId = useId();
  const suggestionsId = useId();
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
      <div className="flex items-center gap-2">
        <Input
          ref={inputRef}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(suggestions === undefined ? {} : { list: suggestionsId })}
          className={classNames(CONTROL, isMonospace && 'font-mono')}
        />
        {suggestions === undefined ? null : (
          <datalist id={suggestionsId}>
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        )}
        {suffix}
      </div>
      <FieldNotes constraint={constraint} errors={errors} />
    </AriaTextField>
  );
}
