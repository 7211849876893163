'use client';

import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';

export const EDITOR_VIEWS = ['visual', 'template', 'config', 'outputs'] as const;
export type EditorView = (typeof EDITOR_VIEWS)[number];

type ViewSwitchProps = { view: EditorView; onChange: (view: EditorView) => void; isSplit: boolean };

/** The views of the document. Beside each other, the drawing is always there and needs no word of its own. */
export function ViewSwitch({ view, onChange, isSplit }: ViewSwitchProps) {
  const t = useTranslations('editor.view');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups what a form sends; this only shows
    <div role="group" aria-label={t('label')} className="flex flex-wrap gap-1 rounded-md bg-sunken p-0.5">
      {EDITOR_VIEWS.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={view === choice}
          onClick={() => onChange(choice)}
          className={classNames(
            'min-h-7 rounded-sm px-2.5 text-sm font-medium whitespace-nowrap',
            view === choice ? 'bg-surface text-ink shadow-sm' : 'text-ink-muted hover:text-ink',
            isSplit && choice === 'visual' && 'xl:hidden',
          )}
        >
          {t(choice)}
        </button>
      ))}
    </div>
  );
}
