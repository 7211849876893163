'use client';

import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';

export const EDITOR_VIEWS = ['visual', 'template', 'config', 'outputs'] as const;
export type EditorView = (typeof EDITOR_VIEWS)[number];

type ViewSwitchProps = {
  views: readonly EditorView[];
  view: EditorView;
  onChange: (view: EditorView) => void;
};

/** The views of the document. */
export function ViewSwitch({ views, view, onChange }: ViewSwitchProps) {
  const t = useTranslations('editor.view');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups what a form sends; this only shows
    <div role="group" aria-label={t('label')} className="flex flex-wrap gap-0.5 rounded-md bg-sunken p-0.5">
      {views.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={view === choice}
          onClick={() => onChange(choice)}
          className={classNames(
            'min-h-7 rounded-sm px-2.5 text-sm font-medium whitespace-nowrap',
            view === choice ? 'bg-surface text-ink shadow-sm' : 'text-ink-muted hover:text-ink',
          )}
        >
          {t(choice)}
        </button>
      ))}
    </div>
  );
}
