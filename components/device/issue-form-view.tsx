'use client';

import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { certificateToBe, clientNameOf, dryRun, EMPTY_SNAPSHOT } from '@/components/dry-run/dry-run';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { NumberField } from '@/components/ui/number-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { Spinner } from '@/components/ui/spinner';
import { useNowMs } from '@/components/ui/use-now';
import type { Profile } from '@/lib/batch/profile';
import type { DeviceRequest, KeyHandle } from '@/lib/browser/pki.protocol';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import type { SubjectFault, SubjectField } from '@/lib/pki/subject';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import type { Template } from '@/lib/provisioning/template';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { type BroughtCsr, CsrDrop } from './csr-drop';
import { DryRunPanel } from './dry-run-panel';
import { IssueFaultNotice } from './issue-fault-notice';
import { fieldsAskedFor, type IssueForm, isCutByCa, missingFields, subjectOf } from './issue-form';
import { Namesakes } from './namesakes';
import type { ReplacedDevice } from './replaced-notice';
import { SubjectForm } from './subject-form';
import type { UnderstoodTemplate } from './understood-template';
import { useDryRun } from './use-dry-run';
import { useFaultSentence } from './use-fault-sentence';
import type { useIssue } from './use-issue';

type IssueFormViewProps = {
  environment: string;
  ca: IssuingCa;
  caHandle: KeyHandle | undefined;
  template: UnderstoodTemplate;
  registryUrl: string;
  /** What it decides cannot be chosen otherwise. */
  profile: Profile | undefined;
  profileChoice: ReactNode;
  form: IssueForm;
  onChange: (form: IssueForm) => void;
  issuing: ReturnType<typeof useIssue>;
  /** Its new certificate is about the same subject, and AWS knows it before the device connects. */
  replaced: ReplacedDevice | undefined;
};

const SOURCES = ['new-key', 'csr'] as const;

/** What is typed about the device, and beside it what its first contact would do. */
export function IssueFormView(props: IssueFormViewProps) {
  const { environment, ca, caHandle, registryUrl, form, onChange, issuing, replaced } = props;
  const { profile, profileChoice } = props;
  const { template } = props.template;
  const t = useTranslations('device.form');
  const profiles = useTranslations('profiles');
  const sentenceOf = useFaultSentence();
  const format = useFormatter();
  const nowMs = useNowMs();
  const [csr, setCsr] = useState<BroughtCsr | undefined>(undefined);
  const [isAnyway, setAnyway] = useState(false);
  const [isTried, setTried] = useState(false);
  const [faults, setFaults] = useState<readonly SubjectFault[]>([]);

  const isCsr = form.source === 'csr';
  const asked = fieldsAskedFor(template, ca.country);
  const missing = isCsr ? [] : missingFields(form, asked);
  const subject = isCsr ? (csr?.facts.subject.fields ?? {}) : subjectOf(form);
  const run = useDryRun(template, certificateToBe(subject), registryUrl);
  const daysMax = profile?.content.validityDaysMax ?? VALIDITY_DAYS_MAX;
  const isBeyondCap = form.validityDays > daysMax;
  const isNothingYet = isCsr && csr === undefined;
  // No template is asked for a certificate that is registered before it connects.
  const wouldFail =
    replaced === undefined && run.evaluation?.kind === 'failure' && missing.length === 0 && !isNothingYet;
  const { state } = issuing;
  const refused = state.kind === 'failed' && state.fault.at === 'prepare' ? state.fault.fault : undefined;

  const offered = KEY_ALGORITHMS.filter(
    (each) => profile === undefined || each === profile.content.algorithm,
  ).toSorted(curvesFirst);

  function errorsOf(field: SubjectField): string[] {
    if (isTried && missing.includes(field)) return [t('needed')];
    return faults.filter((fault) => fault.field === field).map(sentenceOf);
  }

  async function submit() {
    setTried(true);
    // The engine is loaded when it is needed: the page itself stays small.
    const { checkSubject } = await import('@/lib/pki/subject');
    const found = isCsr || missing.length > 0 ? [] : checkSubject(subject);
    setFaults(found);
    const fault =
      missing[0] ?? found[0]?.field ?? (isNothingYet ? 'csr' : isBeyondCap ? 'validity' : undefined);
    if (fault !== undefined) return focusField(fault);
    if (wouldFail && !isAnyway) return focusField('anyway');
    if (caHandle === undefined) return;
    const source: DeviceRequest['source'] =
      isCsr && csr !== undefined
        ? { kind: 'csr', csr: csr.pem, subject: replaced?.subject }
        : { kind: 'new-key', subject, algorithm: form.algorithm };
    void issuing.issue({ caHandle, validityDays: form.validityDays, source }, (facts) =>
      clientNameFor(template, facts),
    );
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <form
        noValidate
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Card title={t('title')}>
          <div className="flex flex-col gap-5">
            {profileChoice}
            <RadioCards
              label={t('source')}
              columns={2}
              value={form.source}
              onChange={(source) => onChange({ ...form, source })}
              options={SOURCES.map((value) => ({
                value,
                label: t(`sourceName.${value}`),
                description: t(`sourceText.${value}`),
              }))}
            />
            {isCsr ? (
              <CsrDrop csr={csr} onChange={setCsr} errors={isTried ? [t('csrNeeded')] : []} />
            ) : (
              <SubjectForm
                subject={form.subject}
                asked={asked}
                caCountry={ca.country}
                errorsOf={errorsOf}
                onChange={(field, value) => {
                  setFaults(faults.filter((fault) => fault.field !== field));
                  onChange({ ...form, subject: { ...form.subject, [field]: value } });
                }}
              />
            )}
            {replaced === undefined ? (
              <Namesakes environment={environment} namesakes={run.namesakes} />
            ) : null}
            <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
              {isCsr ? null : (
                <Select
                  label={t('algorithm')}
                  value={form.algorithm}
                  onChange={(algorithm) => onChange({ ...form, algorithm })}
                  options={offered.map((value) => ({
                    value,
                    label: t(`algorithmName.${value}`),
                  }))}
                />
              )}
              <div data-field="validity">
                <NumberField
                  label={t('validity')}
                  unit={t('days')}
                  minValue={VALIDITY_DAYS_MIN}
                  maxValue={VALIDITY_DAYS_MAX}
                  value={form.validityDays}
                  onChange={(validityDays) => onChange({ ...form, validityDays })}
                  errors={
                    isBeyondCap
                      ? [profiles('validityBeyond', { days: daysMax })]
                      : refused?.kind === 'validity-days'
                        ? [sentenceOf(refused)]
                        : []
                  }
                  constraint={
                    isCutByCa(form.validityDays, ca.notAfter, nowMs)
                      ? t('cutByCa', {
                          date: format.dateTime(new Date(ca.notAfter), { dateStyle: 'medium' }),
                        })
                      : undefined
                  }
                />
              </div>
            </div>
            {wouldFail ? (
              <div data-field="anyway">
                <Checkbox isSelected={isAnyway} onChange={setAnyway} description={t('anywayText')}>
                  {t('anyway')}
                </Checkbox>
                {isTried && !isAnyway ? (
                  <p className="mt-1 text-sm text-danger">{t('anywayNeeded')}</p>
                ) : null}
              </div>
            ) : null}
            <IssueFaultNotice
              state={state}
              onRetry={() => void issuing.retry()}
              onDiscard={issuing.discard}
            />
            <div className="flex flex-wrap items-center gap-3">
              {/* Not `isPending`: its announcement would name a button that is gone when the device is issued. */}
              <Button
                type="submit"
                variant="primary"
                icon={state.kind === 'working' ? <Spinner /> : undefined}
                isDisabled={caHandle === undefined || issuing.isWaiting}
              >
                {t('submit')}
              </Button>
              <p role="status" className="text-sm text-ink-muted empty:hidden">
                {state.kind === 'working' ? t('working') : caHandle === undefined ? t('locked') : ''}
              </p>
            </div>
          </div>
        </Card>
      </form>
      {replaced === undefined ? (
        <DryRunPanel
          environment={environment}
          hasTemplate={ca.template.kind !== 'none'}
          trouble={props.template.trouble}
          missing={missing}
          isNothingYet={isNothingYet}
          dryRun={run}
        />
      ) : null}
    </div>
  );
}

/** Now that the certificate is there, with its own id and serial number. */
function clientNameFor(template: Template | undefined, facts: CertificateFacts): string {
  const certificate = {
    certificateId: facts.certificateId,
    serialNumberDecimal: facts.serialDecimal,
    subject: facts.subject.fields,
  };
  return clientNameOf(template && dryRun(template, certificate, EMPTY_SNAPSHOT), certificate);
}

const curvesFirst = (a: string, b: string) => Number(b.startsWith('P-')) - Number(a.startsWith('P-'));

function focusField(field: string) {
  document.querySelector<HTMLElement>(`[data-field="${field}"] :is(input, button)`)?.focus();
}
