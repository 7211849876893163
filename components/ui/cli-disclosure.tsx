'use client';

import { useTranslations } from 'use-intl';
import { CodeBlock } from './code-block';
import { Disclosure } from './disclosure';

/** "View as CLI": the very commands that do the same; they must come shell-quoted. */
export function CliDisclosure({ commands }: { commands: readonly string[] }) {
  const t = useTranslations('ui');
  return (
    <Disclosure summary={t('viewAsCli')}>
      <CodeBlock label={t('viewAsCli')} code={commands.join('\n\n')} />
    </Disclosure>
  );
}
