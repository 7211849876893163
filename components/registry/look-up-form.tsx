import { Search } from 'lucide-react';
import type { Route } from 'next';
import Form from 'next/form';
import { useId } from 'react';
import { buttonStyle } from '@/components/ui/button-style';
import { CONTROL } from '@/components/ui/field-style';

type LookUpFormProps = {
  /** The list's own path; it answers `?find=` by going to the one that is meant. */
  action: Route;
  label: string;
  /** What was looked up and could not be, kept for correction. */
  value: string | undefined;
  /** Why `value` could not be looked up. */
  error: string | undefined;
  submitLabel: string;
  isMonospace?: boolean;
};

/** A box for an exact id or name. A GET form: it works before any script has run. */
export function LookUpForm({
  action,
  label,
  value,
  error,
  submitLabel,
  isMonospace = false,
}: LookUpFormProps) {
  const id = useId();
  return (
    <Form
      action={action}
      role="search"
      aria-label={label}
      className="flex max-w-md min-w-0 flex-wrap items-center gap-2"
    >
      <div className="w-80 max-w-full">
        <input
          type="search"
          name="find"
          key={value}
          defaultValue={value}
          aria-label={label}
          placeholder={label}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : id}
          className={`${CONTROL} ${isMonospace ? 'font-mono placeholder:font-sans' : ''}`}
        />
      </div>
      <button type="submit" className={buttonStyle('secondary')}>
        <Search aria-hidden />
        {submitLabel}
      </button>
      {error === undefined ? null : (
        <p id={id} role="alert" className="w-full text-sm text-danger">
          {error}
        </p>
      )}
    </Form>
  );
}
