'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { RestartButton } from './restart-button';
import { useWizard } from './wizard-context';
import { isReviewable, stepsOf } from './wizard-steps';

type StepButtonsProps = { next: () => void; isPending: boolean };

/** Back, Next, and the short way back to the review. The run has its own buttons. */
export function StepButtons({ next, isPending }: StepButtonsProps) {
  const t = useTranslations('wizard');
  const { draft, change } = useWizard();
  const { step } = draft;
  if (step === 'run') return null;
  const isFirst = stepsOf(draft)[0] === step;
  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-4">
      {isFirst ? null : <Button onPress={() => change({ kind: 'step-back' })}>{t('back')}</Button>}
      <Button variant="primary" onPress={next} isPending={isPending}>
        {step === 'review' ? t('register') : t('next')}
      </Button>
      {step !== 'review' && isReviewable(draft) ? (
        <Button variant="quiet" onPress={() => change({ kind: 'step-entered', step: 'review' })}>
          {t('toReview')}
        </Button>
      ) : null}
      <RestartButton />
    </div>
  );
}
