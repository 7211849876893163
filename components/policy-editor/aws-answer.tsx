'use client';

import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import type { Decision } from '@/lib/policy/decide';
import type { TryOutAction } from '@/lib/policy/try-out';
import { type AuthorizationAnswer, askAuthorization } from './authorization-answer';

type AwsAnswerProps = {
  /** Undefined: AWS cannot be asked from here. */
  url: string | undefined;
  action: TryOutAction;
  clientId: string;
  resource: string;
  /** Our own, to be compared; undefined where there is none. */
  decision: Decision['decision'] | undefined;
};

const ACTIONS = {
  connect: 'CONNECT',
  publish: 'PUBLISH',
  receive: 'RECEIVE',
  subscribe: 'SUBSCRIBE',
} as const;

/** An answer belongs to its question: another question has none yet. */
type Answered = { question: string; answer: AuthorizationAnswer | undefined };

/** AWS's TestAuthorization for a registered certificate, beside our own decision. */
export function AwsAnswer({ url, action, clientId, resource, decision }: AwsAnswerProps) {
  const t = useTranslations('policy-editor.tryOut.aws');
  const [certificateId, setCertificateId] = useState('');
  const [answered, setAnswered] = useState<Answered | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const id = certificateId.trim();
  const isId = /^[0-9a-f]{64}$/i.test(id);
  const question = JSON.stringify([id, clientId, action, resource]);

  function ask() {
    if (url === undefined || !isId) return;
    startTransition(async () => {
      const asked = { certificateId: id.toLowerCase(), clientId, action: ACTIONS[action], resource };
      setAnswered({ question, answer: await askAuthorization(url, asked) });
    });
  }

  return (
    <section aria-label={t('title')} className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <p className="max-w-prose text-xs text-ink-muted">
        {url === undefined ? t('unavailable') : t('intro')}
      </p>
      {url === undefined ? null : (
        <>
          <div className="flex max-w-2xl flex-wrap items-end gap-2">
            <div className="min-w-64 flex-1">
              <TextField
                label={t('certificateId')}
                isMonospace
                value={certificateId}
                onChange={setCertificateId}
                errors={id === '' || isId ? [] : [t('certificateIdError')]}
                spellCheck="false"
                autoComplete="off"
              />
            </div>
            <Button onPress={ask} isPending={isPending} isDisabled={!isId}>
              {t('ask')}
            </Button>
          </div>
          {id === '' ? <p className="max-w-prose text-xs text-ink-muted">{t('none')}</p> : null}
          <div role="status" className="max-w-2xl">
            {isPending ? <span className="sr-only">{t('asking')}</span> : null}
            {answered?.question === question ? (
              <AnswerNotice answer={answered.answer} decision={decision} />
            ) : null}
          </div>
        </>
      )}
    </section>
  );
}

function AnswerNotice({
  answer,
  decision,
}: {
  answer: AuthorizationAnswer | undefined;
  decision: Decision['decision'] | undefined;
}) {
  const t = useTranslations('policy-editor.tryOut.aws');
  if (answer === undefined) return <Notice tone="warning" title={t('failed')} />;
  if (answer.kind === 'failed') {
    return (
      <Notice tone="warning" title={t(/AccessDenied|Forbidden/.test(answer.name) ? 'denied' : 'failed')}>
        <p className="font-mono text-xs wrap-anywhere">
          {answer.name}: {answer.message}
        </p>
      </Notice>
    );
  }
  const isAllowed = answer.decision === 'ALLOWED';
  const isSame = decision !== undefined && isAllowed === (decision === 'allowed');
  return (
    <Notice tone={isAllowed ? 'positive' : 'danger'} title={t(`decision.${answer.decision}`)}>
      {answer.denyingPolicies.length === 0 ? null : (
        <p>{t('denying', { policies: answer.denyingPolicies.join(', ') })}</p>
      )}
      {answer.missingContextValues.length === 0 ? null : (
        <p className="wrap-anywhere">{t('missing', { names: answer.missingContextValues.join(', ') })}</p>
      )}
      {decision === undefined ? null : <p>{t(isSame ? 'same' : 'differs')}</p>}
    </Notice>
  );
}
