'use client';

import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { CONTROL, FIELD } from '@/components/ui/field-style';
import { Menu } from '@/components/ui/menu';
import { ITEM, POPOVER } from '@/components/ui/popover-style';
import { completeVariable, matchingVariables, openVariable } from './complete-variable';

type VariableFieldProps = {
  label: string;
  help: string;
  value: string;
  onChange: (value: string) => void;
};

/** What the menu offers; the others are found by typing. */
const MENU_ENTRIES_MAX = 8;

/** One line of text in which variables are completed: typing `$` offers them, arrows choose, Enter takes one. */
export function VariableField({ label, help, value, onChange }: VariableFieldProps) {
  const t = useTranslations('policy-editor.variable');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const completion = useCompletion(value, onChange, input);
  const { offered, active, take } = completion;
  return (
    <div className={classNames(FIELD, 'relative')}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex items-center gap-1">
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          aria-describedby={`${id}-help`}
          {...(offered.length > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
          value={value}
          onChange={({ target }) =>
            completion.type(target.value, target.selectionStart ?? target.value.length)
          }
          onKeyDown={completion.onKeyDown}
          onBlur={completion.close}
          autoComplete="off"
          spellCheck={false}
          className={classNames(CONTROL, 'font-mono')}
        />
        <Menu
          label={t('insert')}
          entries={matchingVariables('')
            .slice(0, MENU_ENTRIES_MAX)
            .map((name) => ({ id: name, label: name }))}
          onAction={take}
        />
      </div>
      <ul
        id={`${id}-list`}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA's combobox pattern; the focus stays in the field
        role="listbox"
        aria-label={t('list')}
        hidden={offered.length === 0}
        className={classNames(POPOVER, 'absolute top-full left-0 z-10 mt-1 max-h-60 w-full max-w-md')}
      >
        {offered.map((name, index) => (
          <li
            key={name}
            id={`${id}-${index}`}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA's combobox pattern
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' });
            }}
            // Before the field loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take(name);
            }}
            className={classNames(ITEM, 'font-mono text-xs', index === active && 'bg-accent-soft')}
          >
            {name}
          </li>
        ))}
      </ul>
      <p id={`${id}-help`} className="text-xs text-ink-muted">
        {help}
      </p>
      <p role="status" className="sr-only">
        {offered.length > 0 ? t('count', { count: offered.length }) : ''}
      </p>
    </div>
  );
}

function useCompletion(
  value: string,
  onChange: (value: string) => void,
  input: RefObject<HTMLInputElement | null>,
) {
  const [caret, setCaret] = useState<number | undefined>(undefined);
  const [active, setActive] = useState(0);
  const open = caret === undefined ? undefined : openVariable(value, caret);
  const offered = open === undefined ? [] : matchingVariables(open.typed);

  function take(name: string) {
    const at = caret ?? input.current?.selectionStart ?? value.length;
    const completed = completeVariable(value, at, name);
    onChange(completed.text);
    setCaret(undefined);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(completed.caret, completed.caret);
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (offered.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = offered[active];
    if (step !== undefined) setActive((active + step + offered.length) % offered.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) take(chosen);
    else if (event.key === 'Escape') setCaret(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    offered,
    active,
    take,
    onKeyDown,
    close: () => setCaret(undefined),
    type: (text: string, at: number) => {
      onChange(text);
      setCaret(at);
      setActive(0);
    },
  };
}
