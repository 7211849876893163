'use client';

import { useTranslations } from 'use-intl';

/** QoS 0 and 1 in words; AWS IoT has no other. */
export function useQosOptions() {
  const t = useTranslations('mqttClient');
  return (['0', '1'] as const).map((value) => ({ value, label: t(`qosOf.${value}`) }));
}
