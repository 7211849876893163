import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ResetButton } from '@/components/sandbox/reset-button';
import { SandboxPanels } from '@/components/sandbox/sandbox-panels';
import { parseSandboxQuery } from '@/components/sandbox/sandbox-query';
import { consoleHref } from '@/components/shell/console-routes';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';
import { removeFault, removeFaults, resetSandbox, switchFaultOn } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sandbox');
  return { title: t('title') };
}

export default async function SandboxPage({ params, searchParams }: PageProps<'/e/[environment]/sandbox'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('sandbox:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const control = sandboxControlOf(environment) ?? notFound();
  const query = parseSandboxQuery(await searchParams);

  const t = await getTranslations('sandbox');
  const { id, name, region } = environment;
  const mayFault = can(operator, 'sandbox:fault', { environment: id });
  const mayReset = can(operator, 'sandbox:reset', { environment: id });
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={mayReset ? <ResetButton environment={{ id, name }} reset={resetSandbox} /> : undefined}
      />
      <SandboxPanels
        key={JSON.stringify([query.find, query.kind, query.client])}
        place={{ id, region }}
        query={query}
        first={await control.live(undefined, { find: query.find, code: query.kind })}
        faultActions={mayFault ? { switchFaultOn, removeFault, removeFaults } : undefined}
        issueHref={consoleHref('issue', id)}
      />
    </>
  );
}
