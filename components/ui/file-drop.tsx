'use client';

import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { DropZone, type DropZoneProps } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Text } from 'react-aria-components/Text';
import { isFileDropItem, isTextDropItem } from 'react-aria-components/useDragAndDrop';
import { useLocale, useTranslations } from 'use-intl';
import { buttonStyle } from './button-style';
import { formatByteSize } from './byte-size';
import type { FieldTexts } from './field';
import { type FileContent, type FileFault, type FilesRead, readFiles, readText } from './file-content';

type DropEvent = Parameters<NonNullable<DropZoneProps['onDrop']>>[0];

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

  async function takeDrop({ items }: DropEvent) {
    const files = await Promise.all(items.filter(isFileDropItem).map((item) => item.getFile()));
    if (files.length > 0) return take(await readFiles(files, bytesMax));
    const text = items.filter(isTextDropItem).find((item) => item.types.has('text/plain'));
    if (text) take(readText(await text.getText('text/plain'), bytesMax, t('drop.pastedText')));
  }

  const sentences = [...faults.map(sentenceOf), ...errors];
  function sentenceOf(fault: FileFault): string {
    if (fault.code !== 'tooLarge') return t(`drop.${fault.code}`, { name: fault.name });
    return t('drop.tooLarge', { name: fault.name, size: formatByteSize(fault.bytes, locale), limit });
  }

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <DropZone onDrop={(event) => void takeDrop(event)} className={ZONE}>
        {({ isDropTarget }) => (
          <>
            <FileUp aria-hidden className="size-5 text-ink-muted" />
            <Text slot="label" className="font-medium">
              {label}
            </Text>
            {help === undefined ? null : <p className="max-w-prose text-xs text-ink-muted">{help}</p>}
            {held === undefined ? null : <p className="font-mono text-xs wrap-anywhere">{held}</p>}
            <div className="mt-1 flex flex-wrap items-center justify-center gap-x-3 gap-y-1">
              <FileTrigger
                allowsMultiple={allowsMultiple}
                {...(extensions === undefined ? {} : { acceptedFileTypes: extensions })}
                onSelect={(files) => void readFiles([...(files ?? [])], bytesMax).then(take)}
              >
                <Button className={buttonStyle('secondary')}>
                  {t(allowsMultiple ? 'drop.chooseMany' : 'drop.choose')}
                </Button>
              </FileTrigger>
              <span className="text-xs text-ink-muted">
                {isDropTarget ? t('drop.target') : t(allowsMultiple ? 'drop.idleMany' : 'drop.idle')}
              </span>
            </div>
          </>
        )}
      </DropZone>
      <p className="text-xs text-ink-muted">{constraint ?? t('drop.limit', { size: limit })}</p>
      <div role="alert" className="flex flex-col gap-0.5 text-sm text-danger empty:hidden">
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </div>
  );
}

const ZONE =
  'flex flex-col items-center gap-1 rounded-md border border-dashed border-line-strong bg-surface px-4 py-5 text-center text-sm data-drop-target:border-accent data-drop-target:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent';
