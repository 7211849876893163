import { partitionOf } from '@/lib/provisioning/starters';

/** The placeholder that AWS's article leaves for the reader. */
export const ACCOUNT_PLACEHOLDER = '<ACCOUNT_ID>';

/** The Region in the ARNs of AWS's article, which most copies of it still name. */
export const ARTICLE_REGION = 'us-east-2';

const ARTICLE_ARNS = `arn:aws:iot:${ARTICLE_REGION}:`;

/** Whether the text still names the article's Region although the CA is registered in another. */
export const isOtherRegion = (text: string, region: string): boolean =>
  region !== ARTICLE_REGION && text.includes(ARTICLE_ARNS);

/** The text with the article's account or Region replaced by the person's. */
export function filledIn(text: string, { account, region }: { account?: string; region?: string }): string {
  const withAccount = account === undefined ? text : text.replaceAll(ACCOUNT_PLACEHOLDER, account);
  if (region === undefined) return withAccount;
  return withAccount.replaceAll(ARTICLE_ARNS, `arn:${partitionOf(region)}:iot:${region}:`);
}
