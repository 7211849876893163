'use client';

import {
  BookCheck,
  Boxes,
  ClipboardCheck,
  FileBadge,
  FileCode,
  FlaskConical,
  Hourglass,
  House,
  type LucideIcon,
  Package,
  PackageCheck,
  PackagePlus,
  RadioTower,
  ScrollText,
  Search,
  Shield,
  ShieldCheck,
  SlidersHorizontal,
  Smartphone,
  UserCheck,
  Users,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { type ConsolePage, NAVIGATION } from './console-place';
import { consoleHref, pageOfPath } from './console-routes';

const ICONS: Record<ConsolePage, LucideIcon> = {
  overview: House,
  find: Search,
  issue: PackagePlus,
  devices: Smartphone,
  batches: Package,
  ledger: BookCheck,
  stuck: Hourglass,
  pending: UserCheck,
  preFlight: ClipboardCheck,
  checkBatch: PackageCheck,
  certificateAuthorities: ShieldCheck,
  templates: FileCode,
  profiles: SlidersHorizontal,
  things: Boxes,
  certificates: FileBadge,
  policies: Shield,
  mqttClient: RadioTower,
  sandbox: FlaskConical,
  operators: Users,
  audit: ScrollText,
};

type SideNavigationProps = {
  environmentId: string;
  /** What the operator may see. */
  pages: readonly ConsolePage[];
  onNavigate?: () => void;
};

/** The pages grouped by job; groups without a permitted page do not appear. */
export function SideNavigation({ environmentId, pages, onNavigate }: SideNavigationProps) {
  const t = useTranslations('shell');
  const here = pageOfPath(usePathname(), environmentId);
  return (
    <nav aria-label={t('navigation')} className="flex flex-col gap-4 p-3">
      {NAVIGATION.map(({ group, pages: all }) => {
        const shown = all.filter((page) => pages.includes(page));
        if (shown.length === 0) return null;
        const headingId = `navigation-${group}`;
        return (
          <div key={group}>
            {group === 'overview' ? null : (
              <p id={headingId} className="px-2 pb-1 text-xs font-medium text-ink-muted">
                {t(`group.${group}`)}
              </p>
            )}
            <ul
              aria-labelledby={group === 'overview' ? undefined : headingId}
              className="flex flex-col gap-0.5"
            >
              {shown.map((page) => {
                const Icon = ICONS[page];
                return (
                  <li key={page}>
                    <Link
                      href={consoleHref(page, environmentId)}
                      aria-current={page === here ? 'page' : undefined}
                      {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
                      className={classNames(
                        'flex min-h-8 items-center gap-2.5 rounded-md px-2 text-sm',
                        page === here
                          ? 'bg-accent-soft font-semibold text-accent'
                          : 'text-ink hover:bg-sunken',
                      )}
                    >
                      <Icon aria-hidden className="size-4 shrink-0" />
                      {t(`page.${page}`)}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
