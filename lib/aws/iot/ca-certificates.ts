/**
 * Reading CA certificates. AWS IoT API Reference: DescribeCACertificate, ListCACertificates, ListCertificatesByCA.
 * @module
 */
import 'server-only';
import {
  DescribeCACertificateCommand,
  type IoTClient,
  ListCACertificatesCommand,
  ListCertificatesByCACommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import type { CaDetail, CaSummary } from '@/lib/registry/certificate-authority';
import type { CertificateSummary } from '@/lib/registry/device-certificate';
import type { Page, PageRequest } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';
import { toCaDetail, toCaSummary } from './to-ca-certificate';
import { toCertificateSummary } from './to-certificate';

/**
 * How long the rows of a list may queue for their details: the list is useful without them, and the person's next
 * click waits behind them in the same bucket. Our choice.
 */
const ROW_DETAIL_WAIT_MS_MAX = 3_000;

/** A list row, and its details or why they are missing (most often `busy`). */
export type CaRow = CaSummary & { detail: Result<CaDetail, Failure> };

export type CaCertificateReads = {
  describeCaCertificate(caId: string): Promise<Result<CaDetail, Failure>>;
  listCaCertificates(page: PageRequest): Promise<Result<Page<CaSummary>, Failure>>;
  /** The list with one Describe per row, as far as the environment's bucket allows. */
  listCaRows(page: PageRequest): Promise<Result<Page<CaRow>, Failure>>;
  /** An unknown CA has no certificates: an empty page, not a failure. */
  listCertificatesByCa(caId: string, page: PageRequest): Promise<Result<Page<CertificateSummary>, Failure>>;
};

export function caCertificateReads(caller: Caller<IoTClient>): CaCertificateReads {
  const list = ({ pageSize, token }: PageRequest) =>
    caller.call(
      'ListCACertificates',
      (iot, options) => iot.send(new ListCACertificatesCommand({ pageSize, marker: token }), options),
      ({ certificates, nextMarker }) => ({
        items: (certificates ?? []).map(toCaSummary),
        nextToken: nextMarker,
      }),
    );

  const describeOne = async ({ call }: Caller<IoTClient>, caId: string) => {
    const answer = await call(
      'DescribeCACertificate',
      (iot, options) => iot.send(new DescribeCACertificateCommand({ certificateId: caId }), options),
      toCaDetail,
    );
    return orNotFound(answer, 'ca-certificate', caId);
  };

  return {
    describeCaCertificate: (caId) => describeOne(caller, caId),
    listCaCertificates: list,

    async listCaRows(page) {
      const summaries = await list(page);
      if (!summaries.ok) return summaries;
      const patient = caller.withWait(ROW_DETAIL_WAIT_MS_MAX);
      const items = await Promise.all(
        summaries.value.items.map(async (summary) => ({
          ...summary,
          detail: await describeOne(patient, summary.caId),
        })),
      );
      return ok({ items, nextToken: summaries.value.nextToken });
    },

    listCertificatesByCa: (caId, { pageSize, token }) =>
      caller.call(
        'ListCertificatesByCA',
        (iot, options) =>
          iot.send(
            new ListCertificatesByCACommand({ caCertificateId: caId, pageSize, marker: token }),
            options,
          ),
        ({ certificates, nextMarker }) => ({
          items: (certificates ?? []).map(toCertificateSummary),
          nextToken: nextMarker,
        }),
      ),
  };
}
