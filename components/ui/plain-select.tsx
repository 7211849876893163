import { useId } from 'react';

type PlainSelectProps = {
  name: string;
  label: string;
  value: string | undefined;
  /** What the empty choice says, such as "Any". */
  any: string;
  choices: ReadonlyArray<{ value: string; label: string }>;
};

/** The browser's own select, for GET forms that work before any script has run. Give it a `key` of its value. */
export function PlainSelect({ name, label, value, any, choices }: PlainSelectProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <label htmlFor={id} className="text-xs text-ink-muted">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={value ?? ''}
        className="min-h-8 max-w-full rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
      >
        <option value="">{any}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
