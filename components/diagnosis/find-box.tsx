'use client';

import { Search } from 'lucide-react';
import { type ClipboardEvent, useState } from 'react';
import { Button as FileButton } from 'react-aria-components/Button';
import { DropZone, type DropZoneProps } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { isFileDropItem, isTextDropItem } from 'react-aria-components/useDragAndDrop';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { formatByteSize } from '@/components/ui/byte-size';
import { type FileContent, type FileFault, readFiles } from '@/components/ui/file-content';
import { TextArea } from '@/components/ui/text-area';
import { BUNDLE_BYTES_MAX } from '@/lib/browser/open-bundle';

type FindBoxProps = {
  initialText: string;
  isPending: boolean;
  onText: (text: string) => void;
  onFile: (file: FileContent) => void;
  /** A file was not taken: what was found before is not about it. */
  onRefused: () => void;
};

/** One box for anything: typed, pasted or dropped. What is dropped is read in the page. */
export function FindBox({ initialText, isPending, onText, onFile, onRefused }: FindBoxProps) {
  const t = useTranslations('find.box');
  const ui = useTranslations('ui');
  const locale = useLocale();
  const [text, setText] = useState(initialText);
  const [fault, setFault] = useState<FileFault | undefined>(undefined);

  async function take(files: readonly File[]) {
    const { contents, faults } = await readFiles(files.slice(0, 1), BUNDLE_BYTES_MAX);
    setFault(faults[0]);
    const [content] = contents;
    if (content === undefined) onRefused();
    else onFile(content);
  }

  async function takeDrop({ items }: Parameters<NonNullable<DropZoneProps['onDrop']>>[0]) {
    const files = await Promise.all(items.filter(isFileDropItem).map((item) => item.getFile()));
    if (files.length > 0) return take(files);
    const dropped = await items.find(isTextDropItem)?.getText('text/plain');
    if (dropped !== undefined) submit(dropped);
  }

  function submit(value: string) {
    setFault(undefined);
    setText(value);
    onText(value);
  }

  function onPaste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    void take(files);
  }

  return (
    <search aria-label={t('label')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(text);
        }}
        onPaste={onPaste}
      >
        <DropZone onDrop={(event) => void takeDrop(event)} className={ZONE} aria-label={t('drop')}>
          <TextArea
            label={t('label')}
            help={t('help')}
            value={text}
            onChange={setText}
            onKeyDown={(event) => {
              // One line is sent by Enter, as in a search box; a log may have more lines.
              if (event.key !== 'Enter' || event.shiftKey || text.includes('\n')) return;
              event.preventDefault();
              submit(text);
            }}
            rows={3}
            isCode
            autoFocus
            errors={fault === undefined ? [] : [sentenceOf(fault)]}
          />
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Button type="submit" variant="primary" isPending={isPending} icon={<Search aria-hidden />}>
              {t('find')}
            </Button>
            <FileTrigger onSelect={(files) => void take([...(files ?? [])])}>
              <FileButton className={buttonStyle('secondary')}>{t('choose')}</FileButton>
            </FileTrigger>
            <span className="text-xs text-ink-muted">
              {t('limit', { size: formatByteSize(BUNDLE_BYTES_MAX, locale) })}
            </span>
          </div>
        </DropZone>
      </form>
    </search>
  );

  function sentenceOf(found: FileFault): string {
    if (found.code !== 'tooLarge') return ui(`drop.${found.code}`, { name: found.name });
    const limit = formatByteSize(BUNDLE_BYTES_MAX, locale);
    return ui('drop.tooLarge', { name: found.name, size: formatByteSize(found.bytes, locale), limit });
  }
}

const ZONE =
  'flex flex-col gap-3 rounded-lg border border-dashed border-line-strong bg-surface p-4 text-sm data-drop-target:border-accent data-drop-target:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent';
