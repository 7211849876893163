/** The first stop of the Tab key: over the navigation to the page. */
export function SkipLink({ children }: { children: string }) {
  return (
    <a
      href={`#${CONTENT_ID}`}
      className="absolute top-1 left-1 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-on-accent focus:translate-y-0"
    >
      {children}
    </a>
  );
}

/** The id of the `main` element. */
export const CONTENT_ID = 'content';
