import 'server-only';
import { settings } from '@/lib/config/settings';

/** The link that an invited operator opens; the token is in the fragment, which browsers send to no server. */
export function setPasswordUrl(token: string): string {
  return `${settings().baseUrl.origin}/set-password#token=${token}`;
}
