import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

/** A statement of a function's resource policy, as AddPermission makes it. */
export type PermissionRecord = {
  sid: string;
  action: string;
  /** A service, an account, an ARN or `*`. */
  principal: string;
  sourceArn?: string | undefined;
  sourceAccount?: string | undefined;
};

export type FunctionRecord = {
  functionName: string;
  role: string;
  runtime: string;
  handler: string;
  description: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  environment: Readonly<Record<string, string>>;
  ephemeralStorageMegabytes: number;
  architecture: 'x86_64' | 'arm64';
  tags: Readonly<Record<string, string>>;
  /** Base64 of the SHA-256 of the package. */
  codeSha256: string;
  codeBytes: number;
  modifiedAt: number;
  revisionId: string;
  permissions: readonly PermissionRecord[];
  policyRevisionId: string;
  sequence: number;
};

export class LambdaTables {
  readonly functions: Table<FunctionRecord>;
  /** The ZIP package in base64, apart from the function, so that a change of one does not write the other again. */
  readonly packages: Table<{ zipBase64: string }>;

  constructor(source: TableSource) {
    this.functions = source.table('lambda-functions');
    this.packages = source.table('lambda-packages');
  }
}
