'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { parameterSource } from '@/lib/provisioning/certificate-parameters';
import { setParameter } from '@/lib/provisioning/document/template-edits';
import { AddButton } from './add-button';
import { useWorkplace } from './editor-context';
import { useParameterWords } from './use-parameter-words';

/** Names that are used and not declared: the lines have to begin somewhere. */
export function UndeclaredParameters({ names }: { names: readonly string[] }) {
  const t = useTranslations('editor.parameter');
  const words = useParameterWords();
  const { edit, isReadOnly } = useWorkplace();
  return names.map((name) => (
    <li
      key={name}
      data-port-out={name}
      className="rounded-lg border border-dashed border-danger bg-surface px-3 py-1.5"
    >
      <p className="text-sm wrap-anywhere">{words(name)}</p>
      <Badge tone="danger">{t('undeclared')}</Badge>
      {isReadOnly || parameterSource(name) === undefined ? null : (
        <AddButton onPress={() => edit((template) => setParameter(template, name))}>{t('declare')}</AddButton>
      )}
    </li>
  ));
}
