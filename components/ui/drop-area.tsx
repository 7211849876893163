'use client';

import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { DropZone, type DropZoneProps } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Text } from 'react-aria-components/Text';
import { isDirectoryDropItem, isFileDropItem, isTextDropItem } from 'react-aria-components/useDragAndDrop';
import { useTranslations } from 'use-intl';
import { buttonStyle } from './button-style';
import { type FoundFile, filesInFolder, pickedFiles } from './found-file';

type DropEvent = Parameters<NonNullable<DropZoneProps['onDrop']>>[0];

type DropAreaProps = {
  label: string;
  help?: ReactNode;
  constraint: ReactNode;
  sentences: readonly string[];
  /** For the file picker only, e.g. `['.pem', '.crt']`. */
  extensions?: readonly string[] | undefined;
  allowsMultiple: boolean;
  /** Folders too, by a picker of their own and by drop: at most so many files of one are looked at. */
  folderFilesMax?: number | undefined;
  held?: string | undefined;
  /** Nothing of them is read yet. `hasMore`: a folder had more files than are looked at. */
  onFiles: (files: FoundFile[], hasMore: boolean) => void;
  /** Pasted or dropped text; undefined where there is nothing to do with it. */
  onText?: ((text: string) => void) | undefined;
};

/** A place for files: dropped, picked or pasted. What is made of them is the caller's. */
export function DropArea(props: DropAreaProps) {
  const { label, help, constraint, sentences, extensions, allowsMultiple, folderFilesMax, held } = props;
  const { onFiles, onText } = props;
  const t = useTranslations('ui');
  const idle =
    folderFilesMax !== undefined ? 'drop.idleFolder' : allowsMultiple ? 'drop.idleMany' : 'drop.idle';

  async function takeDrop({ items }: DropEvent) {
    const files: FoundFile[] = [];
    let hasMore = false;
    for (const item of items) {
      if (isFileDropItem(item)) files.push({ path: item.name, file: await item.getFile() });
      else if (isDirectoryDropItem(item) && folderFilesMax !== undefined) {
        const found = await filesInFolder(item, folderFilesMax - files.length);
        files.push(...found.files);
        hasMore ||= found.hasMore;
      }
    }
    if (files.length > 0) return onFiles(files, hasMore);
    const text = items.filter(isTextDropItem).find((item) => item.types.has('text/plain'));
    if (text) onText?.(await text.getText('text/plain'));
  }

  const take = (list: FileList | null) => {
    const files = pickedFiles(list);
    const max = folderFilesMax ?? files.length;
    onFiles(files.slice(0, max), files.length > max);
  };

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
                onSelect={take}
              >
                <Button className={buttonStyle('secondary')}>
                  {t(allowsMultiple ? 'drop.chooseMany' : 'drop.choose')}
                </Button>
              </FileTrigger>
              {folderFilesMax === undefined ? null : (
                <FileTrigger acceptDirectory onSelect={take}>
                  <Button className={buttonStyle('secondary')}>{t('drop.chooseFolder')}</Button>
                </FileTrigger>
              )}
              <span className="text-xs text-ink-muted">{isDropTarget ? t('drop.target') : t(idle)}</span>
            </div>
          </>
        )}
      </DropZone>
      <p className="text-xs text-ink-muted">{constraint}</p>
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
