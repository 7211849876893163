/**
 * Tokens that links carry: whoever has one is let in, so it is kept as its SHA-256 only.
 * @module
 */
import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** 256 bits, so that guessing is hopeless without any limit on attempts. */
const TOKEN_BYTES = 32;

/** A token as links carry it: {@link TOKEN_BYTES} in base64url. */
export const linkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'link-invalid');

export const newLinkToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Lower-case hex. A slow hash would protect nothing: what is hashed is random. */
export const hashLinkToken = (token: string): string => createHash('sha256').update(token).digest('hex');
