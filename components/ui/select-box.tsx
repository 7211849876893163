'use client';

type SelectBoxProps = {
  /** Names what is picked, for screen readers. */
  label: string;
  isSelected: boolean;
  /** Some of what it stands for is picked. */
  isPartial?: boolean;
  /** `isRange`: Shift was held, so what lies between is meant as well. */
  onToggle: (isRange: boolean) => void;
};

/** The box in front of a row. The browser's own: Space, Shift and screen readers work as everywhere. */
export function SelectBox({ label, isSelected, isPartial = false, onToggle }: SelectBoxProps) {
  return (
    <label className="-m-1 grid size-6 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={isSelected}
        ref={(box) => {
          if (box !== null) box.indeterminate = isPartial && !isSelected;
        }}
        onClick={(event) => onToggle(event.shiftKey)}
        // The click says more than the change does: whether Shift was held.
        onChange={() => {}}
        className="size-4 cursor-pointer accent-accent"
      />
    </label>
  );
}
