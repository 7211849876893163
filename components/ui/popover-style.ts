/** The box of menus, select lists and the like. */
export const POPOVER =
  'max-w-sm overflow-auto rounded-md border border-line bg-raised p-1 text-sm text-ink shadow-raised outline-none';

/** One row in such a box. */
export const ITEM =
  'flex min-h-8 cursor-pointer items-start gap-2 rounded-sm px-2 py-1.5 outline-none data-focused:bg-accent-soft data-hovered:bg-accent-soft data-disabled:opacity-50';
