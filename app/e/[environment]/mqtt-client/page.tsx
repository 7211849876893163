import type { Metadata } from 'next';
import { z } from 'zod';
import { MqttClientPage } from '@/components/mqtt-client/mqtt-client-page';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';

/** A thing's name as AWS IoT has it (CreateThing). */
const thingName = z
  .string()
  .regex(/^[a-zA-Z0-9:_-]{1,128}$/)
  .optional()
  .catch(undefined);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mqttClient');
  return { title: t('title') };
}

export default async function Page({ params, searchParams }: PageProps<'/e/[environment]/mqtt-client'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('mqtt:subscribe', { environment: environmentId });
  const { id } = requireEnvironment(environmentId);
  const t = await getTranslations('mqttClient');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <MqttClientPage
        environment={id}
        operatorId={operator.id}
        thing={thingName.parse((await searchParams)['thing'])}
        mayPublish={can(operator, 'mqtt:publish', { environment: id })}
      />
    </>
  );
}
