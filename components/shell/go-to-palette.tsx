'use client';

import { CornerDownRight } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TextField } from 'react-aria-components/TextField';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field-style';
import { mayLeave } from '@/components/ui/leave-guard';
import { ITEM } from '@/components/ui/popover-style';
import { addressOf } from '@/lib/diagnosis/read-text';
import type { ConsolePage } from './console-place';
import { consoleHref } from './console-routes';

/** The entry that looks for a device; no page is called so. */
const FIND_KEY = 'find-typed';

type GoToPaletteProps = { environmentId: string; pages: readonly ConsolePage[] };

/** A list of the pages to type into, opened by its button or by Ctrl/⌘ K. */
export function GoToPalette({ environmentId, pages }: GoToPaletteProps) {
  const t = useTranslations('shell');
  const router = useRouter();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim();
  // A pasted key or log must not get into an address: for those there is the box of the page itself.
  const asked = addressOf(wanted);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((open) => !open);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  function go(key: unknown) {
    const page = pages.find((candidate) => candidate === key);
    setOpen(false);
    setTyped('');
    if (key === FIND_KEY && mayLeave()) {
      const query = asked === '' ? '' : `?q=${encodeURIComponent(asked)}`;
      return router.push(`${consoleHref('find', environmentId)}${query}` as Route);
    }
    if (page && mayLeave()) router.push(consoleHref(page, environmentId));
  }

  return (
    <>
      <Button
        variant="quiet"
        className="max-lg:hidden"
        icon={<CornerDownRight aria-hidden />}
        onPress={() => setOpen(true)}
      >
        {t('goTo')}
        <kbd className="rounded-sm border border-line px-1 font-mono text-xs font-normal text-ink-muted">
          Ctrl/⌘ K
        </kbd>
      </Button>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-40 flex items-start justify-center bg-scrim p-3 sm:pt-24"
      >
        <Modal className="w-full max-w-md">
          <Dialog
            aria-label={t('goTo')}
            className="max-h-[calc(100dvh-7.5rem)] overflow-auto rounded-lg border border-line bg-raised p-2 shadow-raised outline-none"
          >
            <Autocomplete
              filter={(text, input) => text === input || contains(text, input)}
              inputValue={typed}
              onInputChange={setTyped}
            >
              {/* The dialog scrolls, not the menu: keys can scroll only what holds something to focus. */}
              <TextField
                aria-label={t('goToHint')}
                autoFocus
                className="sticky -top-2 z-10 -m-2 bg-raised p-2"
              >
                <Input placeholder={t('goToHint')} className={CONTROL} />
              </TextField>
              <Menu
                aria-label={t('goTo')}
                onAction={go}
                className="mt-2 text-sm outline-none"
                renderEmptyState={() => <p className="p-2 text-ink-muted">{t('goToEmpty')}</p>}
              >
                {pages.map((page) => (
                  <MenuItem key={page} id={page} textValue={t(`page.${page}`)} className={ITEM}>
                    {t(`page.${page}`)}
                  </MenuItem>
                ))}
                {/* Its text is what was typed, so the filter always keeps it. */}
                {wanted !== '' && pages.includes('find') ? (
                  <MenuItem id={FIND_KEY} textValue={typed} className={ITEM}>
                    {asked === '' ? t('page.find') : t('goToFind', { text: asked })}
                  </MenuItem>
                ) : null}
              </Menu>
            </Autocomplete>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
