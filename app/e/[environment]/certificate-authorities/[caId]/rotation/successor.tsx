import { CaComparison, isReady } from '@/components/ca/ca-comparison';
import { caName } from '@/components/ca/ca-facts';
import { RemainingDevices } from '@/components/ca/remaining-devices';
import { ListPanel } from '@/components/registry/list-panel';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import type { Environment } from '@/lib/config/environments';
import { type CaSide, readCaSide, readRotation } from '@/lib/devices/ca-rotation';
import { getTranslations } from '@/lib/locale/get-translations';

type SuccessorProps = {
  environment: Environment;
  old: CaSide & { name: string };
  newCaId: string;
  now: Date;
};

const NOTHING = { devices: 0, moved: 0, issued: 0, isPartial: false };

/** The comparison, who has moved, and who remains. */
export async function Successor({ environment, old, newCaId, now }: SuccessorProps) {
  const [t, ca, registry, next, progress] = await Promise.all([
    getTranslations('hierarchy'),
    getTranslations('ca'),
    getTranslations('registry'),
    readCaSide(environment, newCaId, now),
    readRotation(environment, { oldCaId: old.ca.caId, newCaId, now }),
  ]);
  if (!next.ok) return <FailureNotice failure={next.failure} />;
  const compared = ({ ca: detail, impact, ledger }: CaSide, name: string) => ({
    ca: detail,
    name,
    impact,
    issued: ledger?.issued,
  });
  const { aws } = old.impact;
  const inAws = aws === undefined ? 0 : aws.active + aws.pending;
  const { devices, moved, issued, isPartial } = progress.ok ? progress.value.counts : NOTHING;
  const hasForeign = progress.ok && inAws > devices;
  return (
    <>
      {isReady(old.ca, next.value.ca) ? (
        <Notice tone="positive" title={t('rotation.ready')} />
      ) : (
        <Notice tone="warning" title={t('rotation.notReady')} />
      )}
      <ListPanel>
        <CaComparison
          t={t}
          caText={ca}
          registry={registry}
          old={compared(old, old.name)}
          next={compared(next.value, caName(next.value.facts, newCaId))}
        />
      </ListPanel>
      {progress.ok ? (
        <Card title={t('rotation.progress')}>
          <div className="flex flex-col gap-3 text-sm">
            <p>
              {isPartial
                ? t('rotation.progressMore', { devices, moved, issued })
                : t('rotation.progressText', { devices, moved, issued, remaining: devices - moved })}
            </p>
            {hasForeign ? <Notice tone="info" title={t('rotation.foreign')} /> : null}
            <section aria-label={t('rotation.remaining')} className="rounded-md border border-line">
              <RemainingDevices
                t={t}
                environment={environment.id}
                devices={progress.value.remaining.map(({ certificateId, commonName, lastSeenState }) => ({
                  certificateId,
                  name: commonName || certificateId.slice(0, 8),
                  state: lastSeenState,
                }))}
              />
            </section>
          </div>
        </Card>
      ) : (
        <FailureNotice failure={progress.failure} />
      )}
    </>
  );
}
