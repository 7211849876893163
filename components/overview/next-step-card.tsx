import type { Route } from 'next';
import { LinkButton } from '@/components/ui/link-button';
import type { NextStep } from './next-step';
import type { OverviewTranslator } from './overview-translator';

type NextStepCardProps = {
  t: OverviewTranslator;
  step: NextStep;
  /** Undefined for who may not do it: then it is said who may. */
  href: Route | undefined;
};

/** The one thing to do next, above everything that is only to be read. */
export function NextStepCard({ t, step, href }: NextStepCardProps) {
  const isFollow = step.kind === 'follow-device';
  const values = isFollow ? { name: step.commonName, others: step.others } : {};
  return (
    <section
      aria-label={t('next.label')}
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border border-l-4 border-accent bg-surface p-4"
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-xs text-ink-muted">{t('next.label')}</p>
        <h2 className="mt-0.5 text-base font-semibold wrap-anywhere">
          {isFollow ? t('next.follow-device.title', values) : t(`next.${step.kind}.title`)}
        </h2>
        <p className="mt-1 max-w-prose text-sm text-ink-muted">
          {isFollow ? t('next.follow-device.text', values) : t(`next.${step.kind}.text`)}
        </p>
      </div>
      {href === undefined ? (
        <p className="text-sm text-ink-muted">{t('next.notYours')}</p>
      ) : (
        <LinkButton variant="primary" href={href}>
          {t(`next.${step.kind}.act`)}
        </LinkButton>
      )}
    </section>
  );
}
