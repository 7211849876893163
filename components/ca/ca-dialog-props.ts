import type { CaActionsProps } from './ca-actions-props';

/** What every dialog about one CA gets. */
export type CaDialogProps = CaActionsProps & { isOpen: boolean; onClose: () => void };
