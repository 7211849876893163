/**
 * The headers of every answer: a policy that lets only our own scripts run, and what browsers are told to leave alone.
 * No authorisation happens here: every page and action asks for its permission itself.
 * @module
 */
import { type NextRequest, NextResponse } from 'next/server';
import { REQUEST_PATH_HEADER } from '@/lib/auth/request-path';
import { settings } from '@/lib/config/settings';

/** 128 bits, as CSP Level 3 section 7.1 asks. */
const NONCE_BYTES = 16;

/** Two years, the least that browsers' preload lists accept. */
const HSTS_SECONDS = 63_072_000;

export function proxy(request: NextRequest): NextResponse {
  const { development, baseUrl } = settings();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64');
  const policy = contentSecurityPolicy(nonce, development);

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  headers.set(REQUEST_PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'no-referrer');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('cross-origin-resource-policy', 'same-origin');
  response.headers.set(
    'permissions-policy',
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  );
  if (baseUrl.protocol === 'https:') {
    response.headers.set('strict-transport-security', `max-age=${HSTS_SECONDS}; includeSubDomains`);
  }
  return response;
}

/** Development needs eval and inline styles for hot reloading. */
function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Attributes that the UI kit renders on the server; they cannot load or run anything.
    "style-src-attr 'unsafe-inline'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
