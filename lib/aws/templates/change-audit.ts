/** What a change tells the audit log. */
export type ChangeAudit = {
  before(value: unknown): void;
  after(value: unknown): void;
  requestId(id: string | undefined): void;
};
