'use client';

import { ChevronDown, Cloud, FlaskConical } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { mayLeave } from '@/components/ui/leave-guard';
import { ITEM, POPOVER } from '@/components/ui/popover-style';
import type { EnvironmentFacts } from './console-place';
import { consoleHref } from './console-routes';

type EnvironmentChipProps = { environment: EnvironmentFacts; environments: readonly EnvironmentFacts[] };

const CHIP =
  'flex min-h-7 items-center gap-2 rounded-md border px-2.5 py-0.5 text-sm max-sm:w-full max-sm:rounded-none';
const COLOURS = {
  sandbox: 'border-sandbox bg-sandbox text-on-sandbox',
  aws: 'border-ink bg-ink text-canvas',
} as const;

/** Where one is: the sandbox in its own colour, or account and Region. Never hidden. */
export function EnvironmentChip({ environment, environments }: EnvironmentChipProps) {
  const t = useTranslations('shell.environment');
  const router = useRouter();
  if (environments.length < 2) {
    return (
      <div className={classNames(CHIP, COLOURS[environment.kind])}>
        <ChipText environment={environment} />
      </div>
    );
  }
  return (
    <MenuTrigger>
      <Button
        aria-label={`${t('switch')}: ${nameOf(environment, t)}`}
        className={classNames(CHIP, COLOURS[environment.kind])}
      >
        <ChipText environment={environment} />
        <ChevronDown aria-hidden className="size-4" />
      </Button>
      <Popover placement="bottom start" className={POPOVER}>
        <Menu
          className="outline-none"
          onAction={(key) => {
            if (mayLeave()) router.push(consoleHref('overview', String(key)));
          }}
        >
          {environments.map((choice) => (
            <MenuItem
              key={choice.id}
              id={choice.id}
              textValue={choice.name}
              className={classNames(ITEM, 'items-center')}
            >
              <ChipText environment={choice} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function nameOf(
  environment: EnvironmentFacts,
  t: ReturnType<typeof useTranslations<'shell.environment'>>,
): string {
  return t('label', { name: environment.name, account: environment.accountId, region: environment.region });
}

function ChipText({ environment }: { environment: EnvironmentFacts }) {
  const t = useTranslations('shell.environment');
  const Icon = environment.kind === 'sandbox' ? FlaskConical : Cloud;
  return (
    <span
      className="flex min-w-0 items-center gap-x-2"
      title={environment.kind === 'sandbox' ? t('sandboxHint') : undefined}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 leading-4">
        <span className="font-semibold">{environment.name}</span>
        {/* Account and Region stay together when the bar is too narrow for one line. */}
        <span className="flex gap-x-2 font-mono text-xs whitespace-nowrap">
          <span className="sr-only">{t('account')}</span>
          <span>{environment.accountId}</span>
          <span className="sr-only">{t('region')}</span>
          <span>{environment.region}</span>
        </span>
      </span>
    </span>
  );
}
