import 'server-only';
import type { ComponentProps } from 'react';
import type { ConsoleFrame } from '@/components/shell/console-frame';
import { CONSOLE_PAGES, type ConsolePage } from '@/components/shell/console-place';
import { can, type Operator, type Permission } from '@/lib/auth/permissions';
import { type Environment, environments } from '@/lib/config/environments';
import { getTheme } from '@/lib/locale/preferences';
import { setPreferences, signOutOperator } from './actions';

const PERMISSIONS: Record<ConsolePage, Permission> = {
  overview: 'overview:read',
  find: 'device:read',
  issue: 'device:issue',
  devices: 'device:read',
  batches: 'device:read',
  ledger: 'device:read',
  stuck: 'device:read',
  pending: 'certificate:read',
  preFlight: 'device:read',
  checkBatch: 'device:read',
  certificateAuthorities: 'ca:read',
  templates: 'template:read',
  profiles: 'device:issue',
  things: 'thing:read',
  certificates: 'certificate:read',
  policies: 'policy:read',
  mqttClient: 'mqtt:subscribe',
  sandbox: 'sandbox:read',
  operators: 'operator:manage',
  audit: 'audit:read',
};

/** Pages that are there only where an environment offers what they show. */
const OFFERED: Partial<Record<ConsolePage, (environment: Environment) => boolean>> = {
  sandbox: ({ sandboxControl }) => sandboxControl !== undefined,
};

/** What the frame of the console shows to `operator` in `environment`. */
export async function consoleFrameProps(
  operator: Operator,
  environment: Environment,
): Promise<Omit<ComponentProps<typeof ConsoleFrame>, 'children'>> {
  return {
    environment: factsOf(environment),
    environments: environments().map(factsOf),
    operator: { name: operator.name, email: operator.email, role: operator.role },
    pages: CONSOLE_PAGES.filter(
      (page) =>
        can(operator, PERMISSIONS[page], { environment: environment.id }) &&
        (OFFERED[page]?.(environment) ?? true),
    ),
    theme: await getTheme(),
    setPreferences,
    signOut: signOutOperator,
  };
}

/** Endpoints and file names stay on the server. */
function factsOf({ id, name, kind, accountId, region }: Environment) {
  return { id, name, kind, accountId, region };
}
