import type { ReactNode } from 'react';
import { consoleFrameProps } from '@/app/frame/console-frame-props';
import { ConsoleFrame } from '@/components/shell/console-frame';
import { requirePermission } from '@/lib/auth/require-permission';
import { environments } from '@/lib/config/environments';

/** The frame around the pages that belong to no environment. Each page asks for its permission itself. */
export default async function AdministrationLayout({ children }: { children: ReactNode }) {
  const operator = await requirePermission('overview:read');
  const [first] = environments();
  if (first === undefined) throw new Error('no environment is configured');
  return <ConsoleFrame {...(await consoleFrameProps(operator, first))}>{children}</ConsoleFrame>;
}
