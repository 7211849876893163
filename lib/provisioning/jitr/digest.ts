import { toHex } from '@/lib/pki/bytes';
import type { JitrArtefacts } from './artefacts';

/** One number for all that a set-up puts into the account: what was shown is what is deployed where both have the same. Hex SHA-256. */
export async function artefactsDigest(artefacts: JitrArtefacts, crypto: Crypto): Promise<string> {
  const { name, roleName, functionArn, ruleArn, sql, trustPolicy, rolePolicy, source } = artefacts;
  const text = JSON.stringify([name, roleName, functionArn, ruleArn, sql, trustPolicy, rolePolicy, source]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return toHex(new Uint8Array(digest));
}
