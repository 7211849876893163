import type { ReactNode } from 'react';
import { consoleFrameProps } from '@/app/frame/console-frame-props';
import { ConsoleFrame } from '@/components/shell/console-frame';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';

type EnvironmentLayoutProps = { params: Promise<{ environment: string }>; children: ReactNode };

/** The frame around the pages of one environment. Each page asks for its own permission; every role holds this one. */
export default async function EnvironmentLayout({ params, children }: EnvironmentLayoutProps) {
  const operator = await requirePermission('overview:read');
  const environment = requireEnvironment((await params).environment);
  return <ConsoleFrame {...(await consoleFrameProps(operator, environment))}>{children}</ConsoleFrame>;
}
