'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { caHref } from '@/components/registry/hrefs';
import { templateHref } from '@/components/template-library/templates-query';
import { failureDetails } from '@/components/ui/failure-details';
import { Notice } from '@/components/ui/notice';
import { useFailureSentences } from '@/components/ui/use-failure-sentence';
import type { Failure } from '@/lib/failure';
import type { UnderstoodTemplate } from './understood-template';

type TemplateNoticeProps = { environment: string; caId: string; template: UnderstoodTemplate };

/** Why the CA's template provisions nobody, or cannot be looked at, and who puts that right; nothing where all is well. */
export function TemplateNotice({ environment, caId, template: { name, trouble } }: TemplateNoticeProps) {
  const t = useTranslations('device.template');
  if (trouble === undefined) return null;
  // What a CA names may have to be replaced by another; the rest is put right where the text is kept.
  const isOfCa = name === undefined || trouble.kind === 'gone' || trouble.kind === 'not-jitp';
  return (
    <Notice
      tone={trouble.kind === 'unread' || trouble.kind === 'disabled' ? 'warning' : 'danger'}
      title={name === undefined ? t('unreadable.title') : t(`${trouble.kind}.titleNamed`, { name })}
    >
      {trouble.kind === 'unread' ? <Reason failure={trouble.failure} /> : null}
      <p>{t(`${trouble.kind}.text`)}</p>
      <p>
        <Link href={isOfCa ? caHref(environment, caId) : templateHref(environment, name)} className="link">
          {t(isOfCa ? 'toCa' : 'toTemplate')}
        </Link>
      </p>
    </Notice>
  );
}

function Reason({ failure }: { failure: Failure }) {
  const { sentence, nextStep } = useFailureSentences()(failure);
  const said = failureDetails(failure).find(({ key }) => key === 'message' || key === 'reason')?.value;
  return (
    <>
      <p>
        {sentence} {nextStep}
      </p>
      {said === undefined ? null : <p className="text-xs text-ink-muted wrap-anywhere">{said}</p>}
    </>
  );
}
