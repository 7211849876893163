'use client';

import { useId, useState } from 'react';
import { classNames } from '@/components/ui/class-names';

type DraftInputProps = {
  label: string;
  value: string;
  /** At every key, or with `commitsOnLeave` when the field is left or Enter is pressed. */
  onChange: (value: string) => void;
  commitsOnLeave?: boolean;
  isReadOnly?: boolean;
  isQuiet?: boolean;
  placeholder?: string | undefined;
  suggestions?: readonly string[] | undefined;
  onFocus?: (() => void) | undefined;
};

/**
 * A line of text in the drawing. It shows what is typed at once, although the drawing follows a moment later; a name is
 * taken only when it is finished, so that half a name never stands in the template.
 */
export function DraftInput({
  label,
  value,
  onChange,
  commitsOnLeave = false,
  isReadOnly = false,
  isQuiet = false,
  placeholder,
  suggestions,
  onFocus,
}: DraftInputProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const listId = useId();
  const finish = () => {
    if (commitsOnLeave && typed !== undefined && typed !== value) onChange(typed);
    setTyped(undefined);
  };
  return (
    <>
      <input
        type="text"
        aria-label={label}
        value={typed ?? value}
        title={typed ?? value}
        readOnly={isReadOnly}
        placeholder={placeholder}
        list={suggestions === undefined || suggestions.length === 0 ? undefined : listId}
        spellCheck={false}
        autoComplete="off"
        onFocus={onFocus}
        onChange={({ target }) => {
          setTyped(target.value);
          if (!commitsOnLeave) onChange(target.value);
        }}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish();
          if (event.key === 'Escape' && commitsOnLeave) setTyped(undefined);
        }}
        className={classNames(
          'min-h-7 w-full min-w-0 rounded-sm border px-1.5 font-mono text-xs text-ink placeholder:text-ink-muted read-only:bg-transparent',
          isQuiet
            ? 'border-transparent bg-transparent hover:border-line focus:border-line-strong focus:bg-surface'
            : 'border-line-strong bg-surface',
        )}
      />
      {suggestions === undefined || suggestions.length === 0 ? null : (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}
