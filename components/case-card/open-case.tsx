'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { useLinkToken } from '@/components/ui/use-link-token';
import type { CaseCard as CaseCardFacts } from '@/lib/diagnosis/case-card';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { CaseCard } from './case-card';
import { PrintButton } from './print-button';

type OpenCaseProps = {
  environment: string;
  open: (input: { environment: string; token: string }) => Promise<Result<CaseCardFacts, Failure>>;
};

type Answer =
  | { kind: 'card'; card: CaseCardFacts }
  | { kind: 'refused' | 'failed' }
  | { kind: 'wait'; seconds: number };

/**
 * Presents the token of the address's fragment and shows what it opens. Whatever is wrong with a link, the page is the same: a
 * stranger learns nothing from it.
 */
export function OpenCase({ environment, open }: OpenCaseProps) {
  const t = useTranslations('case');
  const token = useLinkToken();
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  useEffect(() => {
    if (token === undefined) return;
    let isCurrent = true;
    void present(token, environment, open).then((found) => {
      if (isCurrent) setAnswer(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [token, environment, open]);

  if (answer === undefined) {
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-ink-muted">
        <Spinner />
        {t('opening')}
      </p>
    );
  }
  if (answer.kind === 'card') {
    return (
      <>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h1 className="text-xl font-semibold wrap-anywhere">
            {answer.card.device.commonName ?? t('title')}
          </h1>
          <div className="print:hidden">
            <PrintButton />
          </div>
        </div>
        <CaseCard card={answer.card} environment={undefined} />
      </>
    );
  }
  return (
    <>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      {answer.kind === 'wait' ? (
        <Notice tone="warning" role="alert" title={t('wait', { seconds: answer.seconds })} />
      ) : (
        <Notice tone="neutral" role="alert" title={t(`${answer.kind}.title`)}>
          <p>{t(`${answer.kind}.text`)}</p>
        </Notice>
      )}
    </>
  );
}

/** No token, an unknown one and one that is over are one and the same. */
async function present(
  token: string | null,
  environment: string,
  open: OpenCaseProps['open'],
): Promise<Answer> {
  if (token === null) return { kind: 'refused' };
  try {
    const opened = await open({ environment, token });
    if (opened.ok) return { kind: 'card', card: opened.value };
    if (opened.failure.kind === 'unexpected') return { kind: 'failed' };
    const fault = opened.failure.kind === 'invalid-input' ? opened.failure.fields['form']?.[0] : undefined;
    return fault?.code === 'too-many-attempts'
      ? { kind: 'wait', seconds: Number(fault.params?.['seconds'] ?? 60) }
      : { kind: 'refused' };
  } catch {
    // The server gave no answer at all: stopped, or the network is away.
    return { kind: 'failed' };
  }
}
