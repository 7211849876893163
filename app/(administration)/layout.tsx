import type { ReactNode } from 'react';
// biome-ignore lint/style/noRestrictedImports: the frame's two actions belong to every page, not to one route
import { signOutOperator } from '@/app/(entry)/sign-in/actions';
// biome-ignore lint/style/noRestrictedImports: see above
import { setPreferences } from '@/app/preferences/actions';
import { ConsoleFrame } from '@/components/shell/console-frame';
import { CONSOLE_PAGES, type ConsolePage } from '@/components/shell/console-place';
import { can, type Permission } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { environments } from '@/lib/config/environments';
import { getTheme } from '@/lib/locale/preferences';

const PERMISSIONS: Record<ConsolePage, Permission> = {
  overview: 'overview:read',
  issue: 'device:issue',
  devices: 'device:read',
  certificateAuthorities: 'ca:read',
  things: 'thing:read',
  certificates: 'certificate:read',
  policies: 'policy:read',
  operators: 'operator:manage',
  audit: 'audit:read',
};

/** The frame around the pages that belong to no environment. Each page asks for its permission itself. */
export default async function AdministrationLayout({ children }: { children: ReactNode }) {
  const operator = await requirePermission('overview:read');
  const facts = environments().map(({ id, name, kind, accountId, region }) => ({
    id,
    name,
    kind,
    accountId,
    region,
  }));
  const [first] = facts;
  if (first === undefined) throw new Error('no environment is configured');
  return (
    <ConsoleFrame
      environment={first}
      environments={facts}
      operator={{ name: operator.name, email: operator.email, role: operator.role }}
      pages={CONSOLE_PAGES.filter((page) => can(operator, PERMISSIONS[page]))}
      theme={await getTheme()}
      setPreferences={setPreferences}
      signOut={signOutOperator}
    >
      {children}
    </ConsoleFrame>
  );
}
