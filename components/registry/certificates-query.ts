/**
 * The state of the list of certificates in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { pageParameters, printQuery, type SearchParams, textParameter } from './list-query';

const schema = z.object({
  ...pageParameters,
  /** Id of the CA whose certificates are listed. */
  ca: z
    .string()
    .transform((text) => parseCertificateLookup(text) ?? '')
    .refine(isCertificateId)
    .optional()
    .catch(undefined),
  /** An ARN is the longest form of an id; a little more for what is pasted around it. */
  find: textParameter(256),
});

export type CertificatesQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseCertificatesQuery = (params: SearchParams): CertificatesQuery => schema.parse(params);

/** The URL of a listing; the inverse of {@link parseCertificatesQuery}, defaults left out. */
export const certificatesHref = (environment: string, query: Partial<CertificatesQuery>): Route =>
  printQuery(`/e/${environment}/certificates`, {
    ca: query.ca,
    find: query.find,
    size: query.size,
    token: query.token,
  });
