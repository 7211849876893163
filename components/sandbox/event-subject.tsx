'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { caHref, certificateHref } from '@/components/registry/hrefs';
import { Id } from '@/components/ui/id';
import type { SandboxEvent } from '@/lib/registry/sandbox-activity';
import { isCertificateRegistered } from './event-kinds';
import { sandboxHref } from './sandbox-query';

export type Place = { id: string; region: string };

/** Whom an event is about. The client id narrows the list; certificate and CA lead to their pages, where they have one here. */
export function EventSubject({ event, place }: { event: SandboxEvent; place: Place }) {
  const t = useTranslations('sandbox.events');
  const { code, clientId, certificateId, caCertificateId, region } = event;
  const isHere = region === undefined || region === place.region;
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-2">
      {clientId === undefined ? null : (
        <Row term={t('client')}>
          <Link
            href={sandboxHref(place.id, { find: clientId })}
            aria-label={t('only', { name: clientId })}
            className="link font-mono text-xs wrap-anywhere"
          >
            {clientId}
          </Link>
        </Row>
      )}
      {certificateId === undefined ? null : (
        <Row term={t('certificate')}>
          <Id
            value={certificateId}
            label={t('certificate')}
            href={
              isHere && isCertificateRegistered(code) ? certificateHref(place.id, certificateId) : undefined
            }
          />
        </Row>
      )}
      {caCertificateId === undefined ? null : (
        <Row term={t('ca')}>
          <Id
            value={caCertificateId}
            label={t('ca')}
            href={isHere ? caHref(place.id, caCertificateId) : undefined}
          />
        </Row>
      )}
      {isHere ? null : (
        <Row term={t('region')}>
          <span className="font-mono text-xs">{region}</span>
        </Row>
      )}
    </dl>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-xs whitespace-nowrap text-ink-muted">{term}</dt>
      <dd>{children}</dd>
    </>
  );
}
