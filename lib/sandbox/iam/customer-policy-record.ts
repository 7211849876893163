/** A customer managed policy as it is kept. Its key is the name in lower case: names are unique without regard to case. */
export type CustomerPolicyRecord = {
  name: string;
  path: string;
  policyId: string;
  description?: string | undefined;
  /** For example `v2`. */
  defaultVersionId: string;
  /** Highest version number ever given; numbers are not reused. */
  lastVersion: number;
  versions: Readonly<Record<string, { document: string; createdAt: number }>>;
  tags: readonly { Key: string; Value: string }[];
  createdAt: number;
  modifiedAt: number;
  sequence: number;
};
