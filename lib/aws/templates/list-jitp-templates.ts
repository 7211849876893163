/**
 * The templates that a CA could name.
 * @module
 */
import 'server-only';
import { collect } from '@/lib/aws/collect';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import type { TemplateChoice } from '@/lib/registry/provisioning-template';
import { ok, type Result } from '@/lib/result';

/** A list to choose from is no longer one beyond this; four calls at most. Any other name can be typed. */
const TEMPLATES_MAX = 1000;

export async function listJitpTemplates(iot: IotGateway): Promise<Result<TemplateChoice[], Failure>> {
  const templates = await collect(
    (token) => iot.listProvisioningTemplates({ pageSize: PAGE_SIZE_MAX, token }),
    TEMPLATES_MAX,
  );
  if (!templates.ok) return templates;
  return ok(
    templates.value
      .filter(({ type }) => type === 'JITP')
      .map(({ name, isEnabled }) => ({ name, isEnabled }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  );
}
