import { Figures } from '@/components/overview/figures';
import { consoleHref } from '@/components/shell/console-routes';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { CardProps, Read } from './card-props';
import type { RegistryFigures } from './read-overview';

/** What AWS IoT has, as far as one page of each list tells. */
export async function RegistryCard({
  t,
  environment,
  registry,
}: CardProps & { registry: Read<RegistryFigures> }) {
  const read = await registry;
  const certificates = consoleHref('certificates', environment.id);
  return (
    <Card title={t('registry.title')}>
      {read.ok ? (
        <Figures
          figures={[
            {
              label: t('registry.things'),
              value: read.value.things,
              href: consoleHref('things', environment.id),
            },
            { label: t('registry.certificates'), value: read.value.certificates, href: certificates },
            { label: t('registry.pending'), value: read.value.pending, href: certificates },
          ]}
        />
      ) : (
        <FailureNotice failure={read.failure} />
      )}
    </Card>
  );
}
