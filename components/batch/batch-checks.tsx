'use client';

import { useTranslations } from 'use-intl';
import { EvaluationFailure } from '@/components/device/evaluation-failure';
import { PlanList } from '@/components/dry-run/plan-list';
import { policyHref, thingHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { BatchDevice } from '@/lib/batch/batch-device';
import { SharedThingsNotice } from './shared-things-notice';
import { ThingsAsked } from './things-asked';
import type { RunningChecks } from './use-device-checks';

type BatchChecksProps = {
  environment: string;
  /** `without-text`: the CA has one of which nothing can be said; why stands with the CA. */
  template: 'none' | 'without-text' | 'evaluated';
  devices: number;
  /** Of a list with lines; else of files. */
  isListed: boolean;
  checks: RunningChecks;
};

/** As many names as fit a sentence. */
const NAMES_SHOWN_MAX = 10;

/** What the ledger, the template and AWS would say to these devices. */
export function BatchChecks(props: BatchChecksProps) {
  const {
    environment,
    template,
    devices,
    isListed,
    checks: { done, names },
  } = props;
  const t = useTranslations('batch.checks');
  if (devices === 0) return null;
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-3 text-sm">
        {done === undefined ? (
          <p role="status" className="flex items-center gap-2">
            <Spinner />
            {names === undefined ? t('running') : t('runningNames', { names })}
          </p>
        ) : (
          <>
            <SharedThingsNotice shared={done.shared} isListed={isListed} />
            {done.taken.length === 0 ? null : (
              <Notice tone="warning" title={t('taken', { count: done.taken.length })}>
                <Names devices={done.taken} />
                <p>{t('takenText')}</p>
              </Notice>
            )}
            {done.thingTaken.length === 0 ? null : (
              <Notice tone="warning" title={t('thingTaken', { count: done.thingTaken.length })}>
                <Names devices={done.thingTaken} />
                <p>{t('inAwsText')}</p>
              </Notice>
            )}
            {done.inAws.found.length === 0 ? null : (
              <Notice
                tone="warning"
                title={t('inAws', { count: done.inAws.found.length, asked: done.inAws.asked })}
              >
                <Names devices={done.inAws.found} />
                <p>{t('inAwsText')}</p>
              </Notice>
            )}
            {done.refused.map(({ failure, places, count }) => (
              <div key={`${failure.code} ${failure.path}`} className="flex flex-col gap-1">
                <p className="font-medium">
                  {t(isListed ? 'refused' : 'refusedFiles', { count, lines: places.join(', ') })}
                </p>
                <EvaluationFailure failures={[failure]} />
              </div>
            ))}
            {template === 'evaluated' ? (
              <ThingsAsked inAws={done.inAws} devices={devices} />
            ) : (
              <p className="text-ink-muted">{t(`template.${template}`)}</p>
            )}
            {done.rehearsed.map(({ device, evaluation }) => (
              <Disclosure
                key={device.line}
                summary={t(
                  evaluation.kind === 'plan'
                    ? isListed
                      ? 'rehearsed'
                      : 'rehearsedFile'
                    : isListed
                      ? 'rehearsedFailing'
                      : 'rehearsedFileFailing',
                  { line: device.place ?? device.line, name: device.subject.commonName ?? '' },
                )}
                isInitiallyOpen={evaluation.kind === 'failure'}
              >
                {evaluation.kind === 'failure' ? (
                  <EvaluationFailure failures={evaluation.failures} />
                ) : (
                  <PlanList
                    plan={evaluation.plan}
                    thingHref={(name) => thingHref(environment, name)}
                    policyHref={(name) => policyHref(environment, name)}
                  />
                )}
              </Disclosure>
            ))}
            {done.shapesLeftOut === 0 ? null : (
              <p className="text-ink-muted">{t('shapesLeftOut', { count: done.shapesLeftOut })}</p>
            )}
            {done.isPartial ? <p className="text-ink-muted">{t('partial')}</p> : null}
            {done.taken.length + done.thingTaken.length + done.refused.length + done.inAws.found.length ===
              0 && !done.isPartial ? (
              <p className="text-ink-muted">{t('nothing')}</p>
            ) : null}
          </>
        )}
      </div>
    </Card>
  );
}

function Names({ devices }: { devices: readonly BatchDevice[] }) {
  return (
    <p className="wrap-anywhere">
      {devices
        .slice(0, NAMES_SHOWN_MAX)
        .map(({ subject }) => subject.commonName)
        .join(', ')}
    </p>
  );
}
