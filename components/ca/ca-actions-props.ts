import type { RegistryAction } from '@/components/registry/registry-action';
import type { RoleReads } from '@/components/template/role-field';
import type { TemplateSaving } from '@/components/template-library/template-ports';
import type { Failure } from '@/lib/failure';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { CaImpact } from '@/lib/registry/ca-impact';
import type { CaRoad, CaSwitches } from '@/lib/registry/ca-road';
import type { CaDetail, CaStatus, RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { Result } from '@/lib/result';

/** Device certificates that AWS registered under a CA, as far as one page of them tells. */
export type RegisteredCount = { count: number; isPartial: boolean };

type CaInput = { caId: string };

/** A topic rule that hears of registrations. `isConsoles`: a set-up of this console made it. */
export type Listener = { name: string; isEnabled: boolean; isConsoles: boolean };

export type CaActionsProps = RoleReads &
  Pick<CaDetail, 'caId' | 'status' | 'autoRegistration' | 'registrationConfig'> & {
    environment: string;
    /** For the starters, whose ARNs name both. */
    place: { accountId: string; region: string };
    cliTarget: CliTarget;
    /** What the page is headed with, and what has to be typed. */
    name: string;
    /** Undefined when it could not be read. */
    registered: RegisteredCount | undefined;
    /** Whom it hits when the CA is switched off. */
    impact: CaImpact;
    mayUpdate: boolean;
    mayDelete: boolean;
    setCaStatus: RegistryAction<CaInput & { status: CaStatus }>;
    setAutoRegistration: RegistryAction<CaInput & { autoRegistration: boolean }>;
    attachTemplate: RegistryAction<
      CaInput & { registrationConfig: RegistrationConfig; enablesAutoRegistration: boolean }
    >;
    detachTemplate: RegistryAction<CaInput>;
    deleteCa: RegistryAction<CaInput>;
    switchRoad: RegistryAction<
      CaInput & { from: CaSwitches; to: CaRoad; template: RegistrationConfig | undefined }
    >;
    /** The rules that hear of the CA's registrations. */
    listListeners: (input: CaInput & { environment: string }) => Promise<Result<Listener[], Failure>>;
    listTemplates: TemplateSaving['listTemplates'];
  };
