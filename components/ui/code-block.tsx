import { CopyButton } from './copy-button';

type CodeBlockProps = {
  /** What it is, for screen readers, e.g. "Policy document". */
  label: string;
  code: string;
  /** Breaks long lines; without it the block scrolls. */
  wraps?: boolean;
};

/** Code to read and to copy. */
export function CodeBlock({ label, code, wraps = false }: CodeBlockProps) {
  return (
    <figure aria-label={label} className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <div className="flex justify-end border-b border-line px-1 py-0.5">
        <CopyButton text={code} what={label} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="max-h-96 overflow-auto p-3 font-mono text-xs -outline-offset-2">
        <code className={wraps ? 'wrap-anywhere whitespace-pre-wrap' : ''}>{code}</code>
      </pre>
    </figure>
  );
}
