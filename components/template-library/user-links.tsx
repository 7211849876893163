import Link from 'next/link';
import { caHref } from '@/components/registry/hrefs';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { TemplateUsers } from '@/lib/registry/provisioning-template';
import type { TemplatesTranslator } from './templates-translator';

type UserLinksProps = {
  t: TemplatesTranslator;
  environment: string;
  /** Undefined when they could not be read. */
  users: TemplateUsers | undefined;
};

/** The CAs that name a template, each a link. */
export function UserLinks({ t, environment, users }: UserLinksProps) {
  if (users === undefined) return <span className="text-ink-muted">{t('unread')}</span>;
  if (users.caIds.length === 0) return <span className="text-ink-muted">{t('users.none')}</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-3 gap-y-1">
      {users.caIds.map((caId) => (
        <Link key={caId} href={caHref(environment, caId)} title={caId} className="link font-mono text-xs">
          {shortenMiddle(caId)}
        </Link>
      ))}
      {users.isPartial ? <span className="text-xs text-ink-muted">{t('users.more')}</span> : null}
    </span>
  );
}
