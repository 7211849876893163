'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

type PolicyPanelProps = {
  logicalId: string;
  children: ReactNode;
  onClose: () => void;
};

/** The policy that is open, with room to work on it. */
export function PolicyPanel({ logicalId, children, onClose }: PolicyPanelProps) {
  const t = useTranslations('editor.policy');
  return (
    <Card
      title={t('panel', { logicalId })}
      actions={
        <Button variant="quiet" onPress={onClose}>
          {t('close')}
        </Button>
      }
    >
      {children}
    </Card>
  );
}
