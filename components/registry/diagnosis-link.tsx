import Link from 'next/link';
import { deviceHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type DiagnosisLinkProps = { t: RegistryTranslator; environment: string; certificateId: string };

/** To the device behind a certificate: how far it has come, and why no further. */
export function DiagnosisLink({ t, environment, certificateId }: DiagnosisLinkProps) {
  return (
    <Link
      href={deviceHref(environment, certificateId)}
      aria-label={`${t('certificates.diagnosis')} ${certificateId.slice(0, 8)}`}
      className="link inline-flex min-h-6 items-center"
    >
      {t('certificates.diagnosis')}
    </Link>
  );
}
