/**
 * An error that AWS would answer with: its name, its wording, and the members its shape carries.
 *
 * The REST border turns it into status and `x-amzn-errortype`; just-in-time provisioning keeps its text as the reason.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly extra: Readonly<Record<string, string>>;

  /**
   * @param code - AWS's error name, for example `ResourceNotFoundException`
   * @param message - AWS's own wording where it is known
   * @param extra - further members of the error's shape, such as `resourceId` and `resourceArn`
   */
  constructor(code: string, message: string, extra: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
  }
}

export const invalidRequest = (message: string) => new ApiError('InvalidRequestException', message);
export const notFound = (message: string) => new ApiError('ResourceNotFoundException', message);

/** The value of a required member; the REST border has refused its absence before, other callers learn of it here. */
export function required<Value>(value: Value | undefined, member: string): Value {
  if (value !== undefined) return value;
  throw invalidRequest(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
