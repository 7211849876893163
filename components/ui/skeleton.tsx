import { classNames } from './class-names';

/** Where text will be. `label` is what screen readers hear. */
export function Skeleton({
  label,
  rows = 3,
  className,
}: {
  label: string;
  rows?: number;
  className?: string;
}) {
  return (
    <div role="status" aria-label={label} className={classNames('flex flex-col gap-2.5 p-4', className)}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity and never move
        <div key={row} className="h-3.5 animate-pulse rounded-sm bg-sunken last:w-2/3" />
      ))}
    </div>
  );
}
