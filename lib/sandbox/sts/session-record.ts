/** A session of a role, by its temporary access key. Its secret is not kept: nobody's signature is checked. */
export type RoleSessionRecord = {
  accessKeyId: string;
  roleName: string;
  roleId: string;
  sessionName: string;
  sourceIdentity?: string | undefined;
  issuedAt: number;
  expiresAt: number;
};
