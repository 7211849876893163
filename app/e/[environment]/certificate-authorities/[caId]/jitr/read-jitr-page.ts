import 'server-only';
import type { JitrStanding } from '@/components/jitr/jitr-port';
import { iotFor } from '@/lib/aws/iot-gateway';
import { packageSha256 } from '@/lib/aws/jitr/package-sha256';
import { readDeployment } from '@/lib/aws/jitr/read-deployment';
import type { Environment } from '@/lib/config/environments';
import { allowedIdsFor, type JitrSetUp, readJitrSetUp } from '@/lib/devices/jitr-set-up';
import type { Failure } from '@/lib/failure';
import { printSentences } from '@/lib/policy/builder/policy-sentences';
import { starterSentences } from '@/lib/policy/builder/policy-starters';
import { jitrArtefacts } from '@/lib/provisioning/jitr/artefacts';
import { jitrState, presenceOf } from '@/lib/provisioning/jitr/drift';
import { defaultJitrSettings, type JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

export type JitrPageFacts = {
  ca: CaDetail;
  setUp: JitrSetUp | undefined;
  /** What the form begins with. */
  settings: JitrSettings;
  /** For who turns to a new policy. */
  proposedDocument: string;
  allowed: { ids: string[]; total: number };
  standing: Result<JitrStanding, Failure>;
  policyNames: string[];
};

/** Everything the page shows but the rules, which take more calls. */
export async function readJitrPage(
  environment: Environment,
  caId: string,
): Promise<Result<JitrPageFacts, Failure>> {
  const iot = iotFor(environment);
  const ca = await iot.describeCaCertificate(caId);
  if (!ca.ok) return ca;
  const { id, accountId, region } = environment;
  const [setUp, policies] = await Promise.all([
    readJitrSetUp(id, caId),
    iot.listPolicies({ pageSize: PAGE_SIZE_MAX, token: undefined }),
  ]);
  const proposedDocument = printSentences(starterSentences('own-topics'), { accountId, region }, 2);
  const fresh = defaultJitrSettings(caId, {
    kind: 'create',
    name: 'DeviceOwnTopics',
    document: proposedDocument,
  });
  const settings = setUp?.settings ?? fresh;
  const allowed = await allowedIdsFor(id, caId, settings);
  return ok({
    ca: ca.value,
    setUp,
    settings,
    proposedDocument,
    allowed,
    standing: await readStanding(environment, caId, settings, allowed.ids),
    policyNames: policies.ok ? policies.value.items.map(({ name }) => name) : [],
  });
}

async function readStanding(
  environment: Environment,
  caId: string,
  settings: JitrSettings,
  allowedIds: readonly string[],
): Promise<Result<JitrStanding, Failure>> {
  const { accountId, region } = environment;
  const artefacts = jitrArtefacts(settings, { accountId, region, caId }, allowedIds);
  const deployment = await readDeployment(environment, artefacts);
  if (!deployment.ok) return deployment;
  const state = jitrState(deployment.value, artefacts, packageSha256(artefacts.packageZip));
  return ok({ state, presence: presenceOf(deployment.value) });
}
