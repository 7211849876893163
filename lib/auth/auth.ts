/**
 * Accounts and sessions: better-auth, without its HTTP routes. What an operator may do is not its business (`permissions.ts`).
 * @module
 */
import 'server-only';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { nextCookies } from 'better-auth/next-js';
import { eq } from 'drizzle-orm';
import { settings } from '@/lib/config/settings';
import { database } from '@/lib/db/database';
import { accounts, operators, sessions, verifications } from '@/lib/db/schema/auth';
import { log } from '@/lib/log/log';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from './password-rules';
import { ROLES } from './permissions';
import { CLIENT_ADDRESS_HEADER } from './request';

/** One working day and its overtime; after that one signs in again. */
const SESSION_SECONDS = 12 * 60 * 60;

function create() {
  const { baseUrl, sessionSecret } = settings();
  if (sessionSecret === undefined) throw new Error('no session secret: start the console with npm start');
  return betterAuth({
    appName: 'JITP Console',
    secret: sessionSecret,
    baseURL: baseUrl.origin,
    trustedOrigins: [baseUrl.origin],
    telemetry: { enabled: false },
    // Its messages may quote what was typed; our own events tell what happened.
    logger: { log: (level) => (level === 'error' ? log('error', 'auth.library-error') : undefined) },
    database: drizzleAdapter(database(), {
      provider: 'pg',
      schema: { user: operators, session: sessions, account: accounts, verification: verifications },
    }),
    user: {
      additionalFields: {
        role: { type: [...ROLES], required: true, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARACTERS_MIN,
      maxPasswordLength: PASSWORD_CHARACTERS_MAX,
    },
    // Absolute, never prolonged: a page cannot set the prolonged cookie while it renders.
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'jitp-console',
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: baseUrl.protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: { session: { create: { before: refuseDisabled } } },
    plugins: [nextCookies()],
  });
}

/** A disabled operator gets no session, whatever the password. */
async function refuseDisabled({ userId }: { userId: string }): Promise<false | undefined> {
  const [row] = await database()
    .select({ disabledAt: operators.disabledAt })
    .from(operators)
    .where(eq(operators.id, userId));
  return row?.disabledAt === null ? undefined : false;
}

type Auth = ReturnType<typeof create>;
type Holder = typeof globalThis & { jitpConsoleAuth?: Auth };
// Development reloads modules; one instance is enough.
const holder: Holder = globalThis;

export function auth(): Auth {
  holder.jitpConsoleAuth ??= create();
  return holder.jitpConsoleAuth;
}
