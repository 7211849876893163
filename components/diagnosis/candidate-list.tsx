'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { caHref, deviceHref, thingHref } from '@/components/registry/hrefs';
import { CaStatus, CertificateStatus } from '@/components/status/resource-status';
import type { Candidate, Witness } from '@/lib/diagnosis/search-answer';

/** What may be meant, each with who knows of it. */
export function CandidateList({
  environment,
  candidates,
}: {
  environment: string;
  candidates: readonly Candidate[];
}) {
  return (
    <ul className="flex flex-col divide-y divide-line text-sm">
      {candidates.map((candidate) => (
        <li key={keyOf(candidate)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
          <CandidateRow environment={environment} candidate={candidate} />
        </li>
      ))}
    </ul>
  );
}

const keyOf = (candidate: Candidate): string => {
  if (candidate.kind === 'device') return candidate.certificateId;
  return candidate.kind === 'ca' ? candidate.caId : `thing ${candidate.name}`;
};

function CandidateRow({ environment, candidate }: { environment: string; candidate: Candidate }) {
  const t = useTranslations('find.candidate');
  switch (candidate.kind) {
    case 'device': {
      const { certificateId, commonName, thing, status, witnesses } = candidate;
      return (
        <>
          <Link href={deviceHref(environment, certificateId)} className="link font-medium wrap-anywhere">
            {commonName ?? thing ?? t('device')}
          </Link>
          <span className="font-mono text-xs wrap-anywhere">{certificateId}</span>
          {status === undefined ? null : <CertificateStatus status={status} />}
          <Witnesses witnesses={witnesses} />
        </>
      );
    }
    case 'thing':
      return (
        <>
          <Link href={thingHref(environment, candidate.name)} className="link font-mono wrap-anywhere">
            {candidate.name}
          </Link>
          <span>{t(candidate.hasNoCertificate ? 'thingBare' : 'thing')}</span>
          <Witnesses witnesses={candidate.witnesses} />
        </>
      );
    case 'ca':
      return (
        <>
          <Link href={caHref(environment, candidate.caId)} className="link font-mono text-xs wrap-anywhere">
            {candidate.caId}
          </Link>
          <span>{t('ca')}</span>
          <CaStatus status={candidate.status} />
          <Witnesses witnesses={candidate.witnesses} />
        </>
      );
  }
}

function Witnesses({ witnesses }: { witnesses: readonly Witness[] }) {
  const t = useTranslations('find');
  return (
    <span className="text-xs text-ink-muted">
      {t('candidate.knownTo', { places: witnesses.map((witness) => t(`witness.${witness}`)).join(', ') })}
    </span>
  );
}
