'use client';

import { X } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { Notice } from './notice';
import type { Tone } from './tone';

export type FlashMessage = {
  tone: Extract<Tone, 'positive' | 'info' | 'warning' | 'danger'>;
  text: string;
  /** To what was made or changed. */
  link?: { href: Route; label: string };
};

type Shown = FlashMessage & { id: number };
type Flash = {
  shown: readonly Shown[];
  show: (message: FlashMessage) => void;
  dismiss: (id: number) => void;
};

/** Older ones give way, so that a long run of results does not fill the screen. */
const SHOWN_MAX = 4;

const FlashContext = createContext<Flash | undefined>(undefined);

/** Keeps the messages over navigations; belongs around the whole console. */
export function FlashProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const lastId = useRef(0);
  const show = useCallback((message: FlashMessage) => {
    lastId.current += 1;
    const id = lastId.current;
    setShown((now) => [{ ...message, id }, ...now].slice(0, SHOWN_MAX));
  }, []);
  const dismiss = useCallback(
    (id: number) => setShown((now) => now.filter((message) => message.id !== id)),
    [],
  );
  const flash = useMemo(() => ({ shown, show, dismiss }), [shown, show, dismiss]);
  return <FlashContext value={flash}>{children}</FlashContext>;
}

/** `show({ tone, text, link })` puts a message on top of the page; it stays until it is dismissed. */
export function useFlash(): Pick<Flash, 'show'> {
  const flash = useContext(FlashContext);
  if (!flash) throw new TypeError('useFlash needs a FlashProvider above it');
  return flash;
}

/** Where the messages appear, newest first, announced by a live region. */
export function FlashRegion() {
  const t = useTranslations('ui.flash');
  const flash = useContext(FlashContext);
  return (
    <section
      aria-label={t('region')}
      aria-live="polite"
      className="sticky top-15 z-20 flex flex-col gap-2 empty:hidden max-sm:top-22"
    >
      {flash?.shown.map(({ id, tone, text, link }) => (
        <div key={id} className="rounded-md shadow-raised">
          <Notice
            tone={tone}
            title={
              <span className="flex flex-wrap items-center gap-x-3">
                {text}
                {link === undefined ? null : (
                  <Link href={link.href} className="link">
                    {link.label}
                  </Link>
                )}
                <Button
                  variant="quiet"
                  className="ml-auto"
                  onPress={() => flash.dismiss(id)}
                  icon={<X aria-hidden />}
                >
                  {t('dismiss')}
                </Button>
              </span>
            }
          />
        </div>
      ))}
    </section>
  );
}
