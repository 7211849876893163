'use client';

import { Printer } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';

export function PrintButton() {
  const t = useTranslations('case');
  return (
    <Button className="print:hidden" icon={<Printer aria-hidden />} onPress={() => window.print()}>
      {t('print')}
    </Button>
  );
}
