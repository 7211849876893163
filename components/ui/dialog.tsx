'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { classNames } from './class-names';

type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the one that acts last. */
  footer?: ReactNode;
  /** `alertdialog` for what needs an answer. */
  role?: 'dialog' | 'alertdialog';
  width?: 'normal' | 'wide';
  /** While something runs the dialog stays. */
  isBusy?: boolean;
};

/** A modal dialog: traps the focus, closes on Escape, gives the focus back. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  footer,
  role = 'dialog',
  width = 'normal',
  isBusy = false,
}: DialogProps) {
  const t = useTranslations('ui');
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isBusy && role === 'dialog'}
      isKeyboardDismissDisabled={isBusy}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-scrim p-3 sm:p-10"
    >
      <Modal className={classNames('w-full', width === 'wide' ? 'max-w-3xl' : 'max-w-lg')}>
        <AriaDialog
          role={role}
          className="rounded-lg border border-line bg-surface shadow-raised outline-none"
        >
          <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
            <Heading slot="title" className="min-w-0 flex-1 text-lg font-semibold wrap-anywhere">
              {title}
            </Heading>
            <Button variant="quiet" onPress={onClose} isDisabled={isBusy} icon={<X aria-hidden />}>
              {t('close')}
            </Button>
          </header>
          <div className="flex flex-col gap-4 p-4 text-sm">{children}</div>
          {footer === undefined ? null : (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
