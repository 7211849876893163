'use client';

import { Menu as MenuIcon, PanelLeft } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { FlashRegion } from '@/components/ui/flash';
import type { Theme } from '@/lib/i18n/themes';
import type { ConsolePage, EnvironmentFacts, OperatorFacts } from './console-place';
import { consoleHref } from './console-routes';
import { EnvironmentChip } from './environment-chip';
import { GoToPalette } from './go-to-palette';
import { InsecureContextNotice } from './insecure-context-notice';
import { NavigationDrawer } from './navigation-drawer';
import { OperatorMenu } from './operator-menu';
import { PreferenceMenus, type SetPreferences } from './preference-menus';
import { SideNavigation } from './side-navigation';
import { CONTENT_ID, SkipLink } from './skip-link';
import type { SignOut } from './use-sign-out';

type ConsoleFrameProps = {
  /** Where one is; on pages outside of environments the one the navigation leads to. */
  environment: EnvironmentFacts;
  environments: readonly EnvironmentFacts[];
  operator: OperatorFacts;
  /** The pages that the operator may see. */
  pages: readonly ConsolePage[];
  theme: Theme;
  setPreferences: SetPreferences;
  signOut: SignOut;
  /** The page, from its header on; the frame brings `main`. */
  children: ReactNode;
};

/** Top bar, side navigation, messages and `main`: what stands around every page of a signed-in operator. */
export function ConsoleFrame({
  environment,
  environments,
  operator,
  pages,
  theme,
  setPreferences,
  signOut,
  children,
}: ConsoleFrameProps) {
  const t = useTranslations('shell');
  const [isNavigationShown, setNavigationShown] = useState(true);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const preferences = <PreferenceMenus theme={theme} setPreferences={setPreferences} />;
  return (
    <>
      <SkipLink>{t('skip')}</SkipLink>
      <header
        className={classNames(
          'sticky top-0 z-30 border-b bg-surface print:hidden',
          environment.kind === 'sandbox' ? 'border-sandbox' : 'border-line',
        )}
      >
        <div className="flex min-h-12 items-center gap-2 px-3">
          <Button
            variant="quiet"
            className="lg:hidden"
            icon={<MenuIcon aria-hidden />}
            onPress={() => setDrawerOpen(true)}
          >
            {t('openNavigation')}
          </Button>
          <Button
            variant="quiet"
            className="max-lg:hidden"
            aria-label={t(isNavigationShown ? 'collapse' : 'expand')}
            aria-expanded={isNavigationShown}
            icon={<PanelLeft aria-hidden />}
            onPress={() => setNavigationShown(!isNavigationShown)}
          >
            {t('openNavigation')}
          </Button>
          <Link
            href={consoleHref('overview', environment.id)}
            className="px-1 font-semibold whitespace-nowrap"
          >
            {t('product')}
          </Link>
          <div className="max-sm:hidden">
            <EnvironmentChip environment={environment} environments={environments} />
          </div>
          <div className="ml-auto flex items-center">
            <GoToPalette environmentId={environment.id} pages={pages} />
            <div className="flex max-lg:hidden">{preferences}</div>
            <OperatorMenu operator={operator} signOut={signOut} />
          </div>
        </div>
        <div className="sm:hidden">
          <EnvironmentChip environment={environment} environments={environments} />
        </div>
      </header>
      <NavigationDrawer isOpen={isDrawerOpen} onClose={() => setDrawerOpen(false)}>
        <SideNavigation
          environmentId={environment.id}
          pages={pages}
          onNavigate={() => setDrawerOpen(false)}
        />
        <div className="flex flex-wrap border-t border-line p-3">{preferences}</div>
      </NavigationDrawer>
      <div className="flex items-stretch">
        <aside className={classNames(SIDE, isNavigationShown && 'lg:block', 'print:hidden')}>
          <div className="sticky top-12 max-h-[calc(100dvh-3rem)] overflow-y-auto">
            <SideNavigation environmentId={environment.id} pages={pages} />
          </div>
        </aside>
        <main id={CONTENT_ID} tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <div className="mx-auto flex max-w-[1440px] flex-col gap-4 p-3 sm:p-6">
            <InsecureContextNotice />
            <FlashRegion />
            {children}
          </div>
        </main>
      </div>
    </>
  );
}

const SIDE = 'hidden min-h-[calc(100dvh-3.0625rem)] w-60 shrink-0 border-r border-line bg-surface';
