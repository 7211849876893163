import { Notice } from '@/components/ui/notice';
import type { CallerIdentity } from '@/lib/aws/sts-gateway';
import type { CardProps, Read } from './card-props';

/** Said before anything else: whatever is done here is done in the wrong account. */
export async function AccountMismatch({
  t,
  environment,
  identity,
}: CardProps & { identity: Read<CallerIdentity> }) {
  const read = await identity;
  if (!read.ok || read.value.matchesEnvironment) return null;
  return (
    <Notice tone="danger" role="alert" title={t('account.mismatch')}>
      <p>{t('account.mismatchText', { configured: environment.accountId, actual: read.value.accountId })}</p>
    </Notice>
  );
}
