import type { ReactNode } from 'react';

/** A page that has only something to say: not found, forbidden, failed. */
export function MessagePage({
  title,
  body,
  children,
}: {
  title: string;
  body: string;
  children?: ReactNode;
}) {
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col items-start gap-3 px-4 py-16">
      <h1 className="text-xl font-semibold">{title}</h1>
      <p>{body}</p>
      {children}
    </div>
  );
}
