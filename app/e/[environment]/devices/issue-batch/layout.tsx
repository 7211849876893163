import type { ReactNode } from 'react';
import { BatchRunProvider } from '@/components/batch/batch-run-provider';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { begin, confirm, giveUp } from './actions';

type IssueBatchLayoutProps = { params: Promise<{ environment: string }>; children: ReactNode };

/** What the page shows may change or fail while a batch runs; the batch is held here. */
export default async function IssueBatchLayout({ params, children }: IssueBatchLayoutProps) {
  const { environment } = await params;
  await requirePermission('device:issue', { environment });
  const { id } = requireEnvironment(environment);
  return (
    <BatchRunProvider
      key={id}
      environment={id}
      reserveUrl={`/e/${id}/devices/batches/reserve`}
      endedUrl={`/e/${id}/devices/batches/ended`}
      actions={{ begin, confirm, giveUp }}
    >
      {children}
    </BatchRunProvider>
  );
}
