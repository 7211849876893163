'use client';

import { ClipboardPaste, Columns2, Redo2, Undo2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Menu } from '@/components/ui/menu';
import { LAB_ONLY_STARTERS, STARTER_KINDS } from '@/lib/provisioning/starters';
import type { Arrangement } from './editor-state';
import type { Views } from './use-views';
import { EDITOR_VIEWS, ViewSwitch } from './view-switch';

export type StartKind = 'blank' | (typeof STARTER_KINDS)[number];

type EditorToolbarProps = {
  views: Views;
  canUndo: boolean;
  canRedo: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onStart: (kind: StartKind) => void;
  onPaste: () => void;
  onArrange: (arrangement: Arrangement) => void;
  /** While a text is broken nothing but that text can be changed. */
  isBroken: boolean;
};

/** What can be done with the document as a whole. */
export const EditorToolbar = memo(function EditorToolbar(props: EditorToolbarProps) {
  const t = useTranslations('editor.toolbar');
  const starter = useTranslations('template.starter');
  const { views, isBroken } = props;
  const { isBeside, hasRoomForTwo, setBeside, view, setView } = views;
  const starts = [
    { id: 'blank', label: t('blank'), description: t('blankHelp') },
    ...STARTER_KINDS.map((kind) => ({
      id: kind,
      label: starter(`name.${kind}`),
      description: LAB_ONLY_STARTERS.includes(kind)
        ? `${starter('labOnly')}. ${starter(`what.${kind}`)}`
        : starter(`what.${kind}`),
    })),
  ];
  const arrangements = (['lay-out', 'compact'] as const).map((id) => ({
    id,
    label: t(`arrange.${id}`),
    isDisabled: isBroken,
  }));
  return (
    <div className="flex flex-1 flex-wrap items-center gap-x-2 gap-y-2">
      <ViewSwitch
        views={isBeside ? EDITOR_VIEWS.filter((choice) => choice !== 'visual') : EDITOR_VIEWS}
        view={view}
        onChange={setView}
      />
      {hasRoomForTwo ? (
        <button
          type="button"
          aria-pressed={isBeside}
          onClick={() => setBeside(!isBeside)}
          className={classNames(
            'inline-flex min-h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm font-medium',
            isBeside ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong bg-surface text-ink',
          )}
        >
          <Columns2 aria-hidden className="size-4" />
          {t('split')}
        </button>
      ) : null}
      <span className="flex">
        <Button
          variant="quiet"
          icon={<Undo2 aria-hidden />}
          onPress={props.onUndo}
          isDisabled={!props.canUndo}
          className="px-2!"
        >
          {t('undo')}
        </Button>
        <Button
          variant="quiet"
          icon={<Redo2 aria-hidden />}
          onPress={props.onRedo}
          isDisabled={!props.canRedo}
          className="px-2!"
        >
          {t('redo')}
        </Button>
      </span>
      <Menu
        label={t('start')}
        entries={starts}
        onAction={(id) => {
          const kind = (['blank', ...STARTER_KINDS] as const).find((candidate) => candidate === id);
          if (kind !== undefined) props.onStart(kind);
        }}
      />
      <Menu
        label={t('arrange.label')}
        entries={arrangements}
        onAction={(id) => props.onArrange(id === 'compact' ? 'compact' : 'lay-out')}
      />
      <Button icon={<ClipboardPaste aria-hidden />} onPress={props.onPaste}>
        {t('paste')}
      </Button>
    </div>
  );
});
