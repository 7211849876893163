import 'server-only';
import type { CaActionsProps, RegisteredCount } from '@/components/ca/ca-actions-props';
import { can, type Operator } from '@/lib/auth/permissions';
import type { Environment } from '@/lib/config/environments';
import type { CaImpact } from '@/lib/registry/ca-impact';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import {
  attachTemplate,
  checkRole,
  deleteCa,
  detachTemplate,
  listListeners,
  listRoles,
  listTemplates,
  setAutoRegistration,
  setCaStatus,
  switchCaRoad,
} from './actions';

export type CaActionFacts = {
  operator: Operator;
  environment: Environment;
  ca: CaDetail;
  name: string;
  registered: RegisteredCount | undefined;
  impact: CaImpact;
};

/** What this operator may do with the CA, and what the dialogs have to know. */
export function caActionProps({
  operator,
  environment,
  ca,
  name,
  registered,
  impact,
}: CaActionFacts): CaActionsProps {
  const { id, accountId, region, endpoints } = environment;
  const { caId, status, autoRegistration, registrationConfig } = ca;
  const scope = { environment: id, caId };
  return {
    environment: id,
    place: { accountId, region },
    cliTarget: { region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } },
    caId,
    name,
    status,
    autoRegistration,
    registrationConfig,
    registered,
    impact,
    mayUpdate: can(operator, 'ca:update', scope),
    mayDelete: can(operator, 'ca:delete', scope),
    setCaStatus,
    setAutoRegistration,
    attachTemplate,
    detachTemplate,
    deleteCa,
    listRoles,
    checkRole,
    listTemplates,
    listListeners,
    switchRoad: switchCaRoad,
  };
}
