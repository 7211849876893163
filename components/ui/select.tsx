'use client';

import { Check, ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { classNames } from './class-names';
import { describedBy, FieldHelp, FieldLabel, FieldNotes, type FieldTexts } from './field';
import { CONTROL, FIELD } from './field-style';
import { ITEM, POPOVER } from './popover-style';

export type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  description?: string;
  isDisabled?: boolean;
};

type SelectProps<Value extends string> = FieldTexts & {
  options: ReadonlyArray<SelectOption<Value>>;
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string;
  name?: string;
  isDisabled?: boolean;
};

/** One of several. For two to four that need explaining, `RadioCards` shows them all. */
export function Select<Value extends string>({
  label,
  help,
  constraint,
  errors,
  isOptional,
  options,
  value,
  onChange,
  placeholder,
  name,
  isDisabled = false,
}: SelectProps<Value>) {
  const helpId = useId();
  function choose(key: unknown) {
    const option = options.find((candidate) => candidate.value === key);
    if (option) onChange(option.value);
  }
  return (
    <AriaSelect
      value={value}
      onChange={choose}
      isDisabled={isDisabled}
      {...(name === undefined ? {} : { name })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...describedBy(helpId, help)}
      isInvalid={(errors?.length ?? 0) > 0}
      validationBehavior="aria"
      className={FIELD}
    >
      <FieldLabel label={label} isOptional={isOptional ?? false} />
      <FieldHelp id={helpId}>{help}</FieldHelp>
      <Button className={classNames(CONTROL, 'flex items-center justify-between gap-2 text-left')}>
        <SelectValue className="truncate data-placeholder:text-ink-muted">
          {({ selectedText, defaultChildren, isPlaceholder }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-muted" />
      </Button>
      <FieldNotes constraint={constraint} errors={errors} />
      <Popover className={classNames(POPOVER, 'min-w-(--trigger-width)')}>
        <ListBox items={options} className="outline-none">
          {(option) => (
            <ListBoxItem
              id={option.value}
              textValue={option.label}
              isDisabled={option.isDisabled ?? false}
              className={ITEM}
            >
              {({ isSelected }) => (
                <>
                  <Check
                    aria-hidden
                    className={classNames('mt-0.5 size-4 shrink-0', !isSelected && 'invisible')}
                  />
                  <span className="min-w-0">
                    <Text slot="label" className="block">
                      {option.label}
                    </Text>
                    {option.description === undefined ? null : (
                      <Text slot="description" className="block text-xs text-ink-muted">
                        {option.description}
                      </Text>
                    )}
                  </span>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
