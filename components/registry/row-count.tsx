import type { Page } from '@/lib/registry/page';
import type { RegistryTranslator } from './translator';

type RowCountProps<Item> = { t: RegistryTranslator; page: Page<Item>; isFirstPage: boolean };

/** "(12)", or "(25+)" where AWS has more: it never tells how many. Nothing on later pages, which know even less. */
export function RowCount<Item>({ t, page: { items, nextToken }, isFirstPage }: RowCountProps<Item>) {
  if (!isFirstPage) return null;
  const values = { count: items.length };
  return (
    <span className="tabular-nums">
      {nextToken === undefined ? t('list.count', values) : t('list.countMore', values)}
    </span>
  );
}
