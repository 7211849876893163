import type { RegistryAction } from '@/components/registry/registry-action';
import type { RoleReads } from '@/components/template/role-field';
import type { TemplateSaving } from '@/components/template-library/template-ports';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { CaDetail, CaStatus, RegistrationConfig } from '@/lib/registry/certificate-authority';

/** Device certificates that AWS registered under a CA, as far as one page of them tells. */
export type RegisteredCount = { count: number; isPartial: boolean };

type CaInput = { caId: string };

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
    mayUpdate: boolean;
    mayDelete: boolean;
    setCaStatus: RegistryAction<CaInput & { status: CaStatus }>;
    setAutoRegistration: RegistryAction<CaInput & { autoRegistration: boolean }>;
    attachTemplate: RegistryAction<
      CaInput & { registrationConfig: RegistrationConfig; enablesAutoRegistration: boolean }
    >;
    detachTemplate: RegistryAction<CaInput>;
    deleteCa: RegistryAction<CaInput>;
    listTemplates: TemplateSaving['listTemplates'];
  };
