'use client';

import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { readPolicies } from '@/lib/policy/decide';
import { TRY_OUT_ACTIONS, type TryOutAction, tryOut } from '@/lib/policy/try-out';
import { AwsAnswer } from './aws-answer';
import type { PolicyEditorContext } from './policy-editor-context';
import { TryOutResult } from './try-out-result';

type TryOutProps = { document: string; context: PolicyEditorContext };

const FIELDS = ['Organization', 'OrganizationalUnit', 'Country', 'State'] as const;
const EXAMPLE = 'device-1';

/** May this device do that? Decided here as AWS documents it; and by AWS itself, where it knows the certificate. */
export function TryOut({ document, context }: TryOutProps) {
  const t = useTranslations('policy-editor.tryOut');
  const { place, authorizationUrl, exampleName = EXAMPLE } = context;
  const [clientId, setClientId] = useState(exampleName);
  const [isAttached, setAttached] = useState(true);
  const [thingName, setThingName] = useState(exampleName);
  const [commonName, setCommonName] = useState(exampleName);
  const [subject, setSubject] = useState<Partial<Record<(typeof FIELDS)[number], string>>>({});
  const [action, setAction] = useState<TryOutAction>('connect');
  const [targets, setTargets] = useState<Record<TryOutAction, string>>({
    connect: exampleName,
    publish: `${exampleName}/data`,
    receive: `${exampleName}/commands`,
    subscribe: `${exampleName}/#`,
  });
  const settled = useDeferredValue(document);
  const { policies, malformed } = useMemo(() => readPolicies([{ name: '', document: settled }]), [settled]);
  const fields = Object.entries(subject).filter(([, value]) => value !== '');
  const tried = tryOut(
    policies,
    {
      clientId,
      thingName: isAttached ? thingName : undefined,
      certificate: {
        subject: {
          ...(commonName === '' ? {} : { CommonName: [commonName] }),
          ...Object.fromEntries(fields.map(([name, value]) => [name, [value]])),
        },
      },
    },
    { action, target: targets[action] },
    place,
  );
  const asked = action === 'connect' ? targets.connect : clientId;
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-xs text-ink-muted">{t('intro')}</p>
        <div className="grid items-start gap-6 @3xl:grid-cols-2">
          <fieldset className="flex min-w-0 flex-col gap-3">
            <legend className="mb-2 text-sm font-medium">{t('device')}</legend>
            <Checkbox isSelected={isAttached} onChange={setAttached}>
              {t('isAttached')}
            </Checkbox>
            <div className="grid items-start gap-3 @md:grid-cols-2">
              {isAttached ? (
                <TextField label={t('thingName')} isMonospace value={thingName} onChange={setThingName} />
              ) : null}
              <TextField label={t('commonName')} isMonospace value={commonName} onChange={setCommonName} />
              {action === 'connect' ? null : (
                <TextField label={t('clientId')} isMonospace value={clientId} onChange={setClientId} />
              )}
            </div>
            <Disclosure summary={t('moreSubject')}>
              <div className="grid items-start gap-3 @md:grid-cols-2">
                {FIELDS.map((field) => (
                  <TextField
                    key={field}
                    label={t(`field.${field}`)}
                    value={subject[field] ?? ''}
                    onChange={(value) => setSubject({ ...subject, [field]: value })}
                  />
                ))}
              </div>
            </Disclosure>
          </fieldset>
          <fieldset className="flex min-w-0 flex-col gap-3">
            <legend className="mb-2 text-sm font-medium">{t('question')}</legend>
            <div className="grid items-start gap-3 @md:grid-cols-2">
              <Select
                label={t('action')}
                options={TRY_OUT_ACTIONS.map((value) => ({ value, label: t(`actions.${value}`) }))}
                value={action}
                onChange={setAction}
              />
              <TextField
                label={t(`target.${action}`)}
                isMonospace
                value={targets[action]}
                onChange={(target) => setTargets({ ...targets, [action]: target })}
                spellCheck="false"
              />
            </div>
            <div role="status">
              {malformed.length > 0 ? (
                <Notice tone="warning" title={t('unreadable')} />
              ) : (
                <TryOutResult tried={tried} />
              )}
            </div>
          </fieldset>
        </div>
        <AwsAnswer
          url={authorizationUrl}
          action={action}
          clientId={asked}
          resource={tried.resource}
          decision={malformed.length > 0 ? undefined : tried.decision}
        />
      </div>
    </Card>
  );
}
