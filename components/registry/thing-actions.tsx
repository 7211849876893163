'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useActs } from '@/components/acts/acts-context';
import { Button } from '@/components/ui/button';
import { thingsHref } from './things-query';

/** Deletes a thing: its principals are detached first. */
export function ThingActions({ environment, thingName }: { environment: string; thingName: string }) {
  const t = useTranslations('registry.thing');
  const { may, propose } = useActs();
  if (!may['delete-thing']) return null;
  return (
    <Button
      icon={<Trash2 aria-hidden />}
      onPress={() =>
        propose({
          act: 'delete-thing',
          subjects: [{ id: thingName, name: thingName }],
          goTo: thingsHref(environment, {}),
        })
      }
    >
      {t('delete')}
    </Button>
  );
}
