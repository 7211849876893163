'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Id } from '@/components/ui/id';
import { Notice } from '@/components/ui/notice';
import { isNothing } from '@/lib/diagnosis/look-up';
import type { TextReading } from '@/lib/diagnosis/read-text';
import type { Recognised } from '@/lib/pki/recognise';
import type { Recognition } from './use-find';

/** What the page took the text or the file for. */
export function RecognisedNotice({ recognition }: { recognition: Recognition }) {
  return recognition.kind === 'text' ? (
    <TextNotice reading={recognition.reading} />
  ) : (
    <FilesNotice brought={recognition.brought} />
  );
}

function TextNotice({ reading: { kind, lookUp } }: { reading: TextReading }) {
  const t = useTranslations('find.recognised');
  const isUseless = isNothing(lookUp);
  const symptom = lookUp.given?.symptom;
  return (
    <Notice tone={isUseless ? 'warning' : 'info'} role="status" title={t(`text.${kind}`)}>
      {symptom === undefined ? null : <p>{t(`symptom.${symptom}`)}</p>}
      {isUseless && kind !== 'empty' ? <p>{t('nothingToFind')}</p> : null}
    </Notice>
  );
}

type Brought = Extract<Recognition, { kind: 'files' }>['brought'];

/** More lines than these are not read by anybody. */
const ITEMS_SHOWN_MAX = 12;

function FilesNotice({ brought: { container, items, bundle } }: { brought: Brought }) {
  const t = useTranslations('find.recognised');
  const count = (kind: Recognised['kind']) => items.filter((item) => item.kind === kind).length;
  const keys = count('private-key') + count('unsupported');
  const shown = items.filter(({ kind }) => kind !== 'private-key' && kind !== 'unknown');
  return (
    <Notice
      tone={keys > 0 ? 'warning' : 'info'}
      role="status"
      title={t('files', { container, certificates: count('certificate'), requests: count('csr'), keys })}
    >
      {keys > 0 ? <p>{t('keyStays', { keys })}</p> : null}
      <ul className="flex flex-col gap-1">
        {shown.slice(0, ITEMS_SHOWN_MAX).map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file may have the same certificate twice, and the list does not change
          <li key={index} className="flex flex-wrap items-center gap-x-2">
            <Item item={item} isLeaf={item.kind === 'certificate' && item.pem === bundle.leaf?.pem} />
          </li>
        ))}
      </ul>
      {shown.length > ITEMS_SHOWN_MAX ? <p>{t('more', { count: shown.length - ITEMS_SHOWN_MAX })}</p> : null}
    </Notice>
  );
}

function Item({ item, isLeaf }: { item: Recognised; isLeaf: boolean }) {
  const t = useTranslations('find.recognised');
  switch (item.kind) {
    case 'certificate':
      return (
        <>
          <span className="wrap-anywhere">{item.facts.subject.text || t('noSubject')}</span>
          {item.facts.isCa ? <Badge>{t('ca')}</Badge> : null}
          {isLeaf ? <Badge tone="info">{t('device')}</Badge> : null}
          <Id value={item.facts.certificateId} label={t('certificateId')} />
        </>
      );
    case 'csr':
      return (
        <span className="wrap-anywhere">
          {t('csr', { subject: item.facts.subject.text || t('noSubject') })}
        </span>
      );
    case 'csr-refused':
      return t('csrRefused');
    case 'malformed':
      return t('malformed', { label: item.label });
    case 'unsupported':
      return t('unsupported', { what: item.what });
    case 'private-key':
    case 'unknown':
      return null;
  }
}
