/**
 * AWS IoT policies as the service keeps them. AWS IoT API Reference: Policy, GetPolicy, PolicyVersion.
 * @module
 */

export type PolicySummary = { name: string; arn: string };

export type PolicyDetail = PolicySummary & {
  /** The default version's document, as it was stored: text, not yet judged. */
  document: string;
  defaultVersionId: string;
  createdAt: Date | undefined;
  lastModifiedAt: Date | undefined;
};

export type PolicyVersion = { versionId: string; isDefault: boolean; createdAt: Date | undefined };

/** Whether `text` can name a policy (service model, `PolicyName`). */
export const isPolicyName = (text: string): boolean => /^[\w+=,.@-]{1,128}$/.test(text);
