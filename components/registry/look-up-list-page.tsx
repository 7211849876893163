import type { Route } from 'next';
import { type ReactNode, Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import type { Failure } from '@/lib/failure';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';
import { ListPanel } from './list-panel';
import { LookUpForm } from './look-up-form';
import { RowCount } from './row-count';
import type { RegistryTranslator } from './translator';

type LookUpListPageProps<Item> = {
  t: RegistryTranslator;
  title: string;
  description: string;
  page: Promise<Result<Page<Item>, Failure>>;
  isFirstPage: boolean;
  lookUp: {
    /** The list's own path, which answers `?find=` by going to the one that is meant. */
    action: Route;
    label: string;
    /** What was looked up and could not be, with the sentence that says why. */
    unfound: { text: string; error: string } | undefined;
  };
  /** The page's one primary button. */
  primary?: ReactNode;
  /** The address of this page of the list: another one shows that it is being read. */
  href: Route;
  /** The rows; they wait for `page` themselves. */
  children: ReactNode;
};

/** A list of the registry: what it is, how many rows, the way to one by its exact name or id, and the rows. */
export function LookUpListPage<Item>({
  t,
  title,
  description,
  page,
  isFirstPage,
  lookUp: { action, label, unfound },
  primary,
  href,
  children,
}: LookUpListPageProps<Item>) {
  return (
    <>
      <PageHeader
        title={title}
        description={description}
        aside={
          <Suspense fallback={null}>
            {page.then((read) =>
              read.ok ? <RowCount t={t} page={read.value} isFirstPage={isFirstPage} /> : null,
            )}
          </Suspense>
        }
        actions={
          <>
            <LookUpForm
              action={action}
              label={label}
              value={unfound?.text}
              error={unfound?.error}
              submitLabel={t('list.lookUp')}
              isMonospace
            />
            {primary}
          </>
        }
      />
      <ListPanel>
        <Suspense key={href} fallback={<Skeleton label={t('list.loading')} rows={8} />}>
          {children}
        </Suspense>
      </ListPanel>
    </>
  );
}
