import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { requirePermission } from '@/lib/auth/require-permission';
import { environments } from '@/lib/config/environments';

/** The console begins at the first environment. */
export default async function HomePage() {
  await requirePermission('overview:read');
  redirect(`/e/${environments()[0]?.id}` as Route);
}
