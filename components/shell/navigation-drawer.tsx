'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';

type NavigationDrawerProps = { isOpen: boolean; onClose: () => void; children: ReactNode };

/** The side navigation where there is no room beside the page. */
export function NavigationDrawer({ isOpen, onClose, children }: NavigationDrawerProps) {
  const t = useTranslations();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 bg-scrim lg:hidden"
    >
      <Modal className="h-full w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-surface">
        <Dialog aria-label={t('shell.navigation')} className="outline-none">
          <div className="flex justify-end border-b border-line p-2">
            <Button variant="quiet" onPress={onClose} icon={<X aria-hidden />}>
              {t('ui.close')}
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
