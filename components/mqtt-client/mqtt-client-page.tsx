'use client';

import type { ComponentProps } from 'react';
import { useIsHydrated } from '@/components/ui/use-now';
import { MqttClient } from './mqtt-client';

/** The client, once the browser is there: it begins with what the tab has kept, of which the server knows nothing. */
export function MqttClientPage(props: ComponentProps<typeof MqttClient>) {
  return useIsHydrated() ? <MqttClient {...props} /> : null;
}
