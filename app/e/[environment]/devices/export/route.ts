import { z } from 'zod';
import { EXPORT_FORMATS, parseDevicesQuery, toLedgerFilter } from '@/components/device/devices-query';
import { clientAddressOf } from '@/lib/auth/request';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { openExport } from './open-export';

const formatSchema = z.enum(EXPORT_FORMATS).catch('csv');

const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

/** Everything of the ledger that a filter selects, as a file that is made while it is sent. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/devices/export'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const { id } = requireEnvironment(environmentId);
  const now = new Date();
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const format = formatSchema.parse(asked['format']);
  const filter = toLedgerFilter(parseDevicesQuery(asked), now);
  const opened = await openExport(id, filter, {
    format,
    operator,
    clientAddress: clientAddressOf(request.headers),
    now,
  });
  if (!opened.ok) {
    const t = await getTranslations('failure');
    return new Response(`${t('statement-timeout.what')} ${t('statement-timeout.next')}\n`, {
      status: 503,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  }
  const day = now.toISOString().slice(0, 10);
  return new Response(opened.value, {
    headers: {
      'content-type': CONTENT_TYPES[format],
      'content-disposition': `attachment; filename="devices-${id}-${day}.${format}"`,
      'cache-control': 'no-store',
    },
  });
}
