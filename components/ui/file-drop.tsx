'use client';

import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatByteSize } from './byte-size';
import { DropArea } from './drop-area';
import type { FieldTexts } from './field';
import { type FileContent, type FileFault, type FilesRead, readFiles, readText } from './file-content';

type FileDropProps = Pick<FieldTexts, 'label' | 'help' | 'constraint' | 'errors'> & {
  /** What was read, within the bound. Recognise it by content; the name may be missing or wrong. */
  onContents: (contents: FileContent[]) => void;
  /** Per file, with the caller's reason. */
  bytesMax: number;
  /** For the file picker only, e.g. `['.pem', '.crt']`; what is dropped is judged by content. */
  extensions?: readonly string[];
  allowsMultiple?: boolean;
  /** What is held now, e.g. the file's name. */
  held?: string | undefined;
};

/** Takes files by drop, by picker and by paste (focus it and press Ctrl/⌘ V). Nothing leaves the page. */
export function FileDrop({
  label,
  help,
  constraint,
  errors = [],
  onContents,
  bytesMax,
  extensions,
  allowsMultiple = false,
  held,
}: FileDropProps) {
  const t = useTranslations('ui');
  const locale = useLocale();
  const [faults, setFaults] = useState<FileFault[]>([]);
  const limit = formatByteSize(bytesMax, locale);

  function take({ contents, faults: found }: FilesRead) {
    setFaults(found);
    if (contents.length > 0) onContents(allowsMultiple ? contents : contents.slice(0, 1));
  }

  function sentenceOf(fault: FileFault): string {
    if (fault.code !== 'tooLarge') return t(`drop.${fault.code}`, { name: fault.name });
    return t('drop.tooLarge', { name: fault.name, size: formatByteSize(fault.bytes, locale), limit });
  }

  return (
    <DropArea
      label={label}
      help={help}
      constraint={constraint ?? t('drop.limit', { size: limit })}
      sentences={[...faults.map(sentenceOf), ...errors]}
      extensions={extensions}
      allowsMultiple={allowsMultiple}
      held={held}
      onFiles={(files) =>
        void readFiles(
          files.map(({ file }) => file),
          bytesMax,
        ).then(take)
      }
      onText={(text) => take(readText(text, bytesMax, t('drop.pastedText')))}
    />
  );
}
