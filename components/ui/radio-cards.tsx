'use client';

import { type ReactNode, useId } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { classNames } from './class-names';
import { describedBy, FieldHelp, FieldLabel, FieldNotes, type FieldTexts } from './field';
import { FIELD } from './field-style';

export type RadioCard<Value extends string> = {
  value: Value;
  label: string;
  /** One or two lines on what it means. */
  description?: ReactNode;
  /** E.g. a "Recommended" badge. */
  badge?: ReactNode;
  isDisabled?: boolean;
};

type RadioCardsProps<Value extends string> = FieldTexts & {
  options: ReadonlyArray<RadioCard<Value>>;
  value: Value | null;
  onChange: (value: Value) => void;
  columns?: 1 | 2 | 3;
  name?: string;
  isDisabled?: boolean;
};

const COLUMNS = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 lg:grid-cols-3' } as const;

/** A choice whose options are explained where they stand. */
export function RadioCards<Value extends string>({
  label,
  help,
  constraint,
  errors,
  isOptional,
  options,
  value,
  onChange,
  columns = 1,
  name,
  isDisabled = false,
}: RadioCardsProps<Value>) {
  const helpId = useId();
  function choose(chosen: string) {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  }
  return (
    <RadioGroup
      value={value}
      onChange={choose}
      isDisabled={isDisabled}
      {...(name === undefined ? {} : { name })}
      {...describedBy(helpId, help)}
      isInvalid={(errors?.length ?? 0) > 0}
      validationBehavior="aria"
      className={FIELD}
    >
      <FieldLabel label={label} isOptional={isOptional ?? false} />
      <FieldHelp id={helpId}>{help}</FieldHelp>
      <div className={classNames('mt-0.5 grid grid-cols-1 gap-2', COLUMNS[columns])}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled ?? false}
            className={CARD}
          >
            <span className={DOT} />
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {option.label}
                {option.badge}
              </span>
              {option.description === undefined ? null : (
                <span className="mt-0.5 block text-xs text-ink-muted">{option.description}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes constraint={constraint} errors={errors} />
    </RadioGroup>
  );
}

const CARD =
  'group flex cursor-pointer gap-2.5 rounded-md border border-line-strong bg-surface p-3 text-sm data-hovered:bg-sunken data-selected:border-accent data-selected:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent data-disabled:opacity-50';

const DOT =
  'mt-0.5 size-4 shrink-0 rounded-full border border-line-strong bg-surface group-data-selected:border-[5px] group-data-selected:border-accent';
