'use client';

import { useTranslations } from 'use-intl';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import type { PublishForm } from './kept-work';
import type { PublishFaults } from './publish-request';

type PublishPropertiesProps = {
  form: PublishForm;
  set: (change: Partial<PublishForm>) => void;
  faults: PublishFaults;
};

/** What MQTT 5 adds to a message. */
export function PublishProperties({ form, set, faults }: PublishPropertiesProps) {
  const t = useTranslations('mqttClient');
  const { contentType, responseTopic, correlationData, expiry, userProperties } = faults;
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label={t('property.contentType')}
        isOptional
        value={form.contentType}
        onChange={(value) => set({ contentType: value })}
        errors={contentType === undefined ? [] : [t(`propertyFault.${contentType}`)]}
      />
      <TextField
        label={t('property.expiry')}
        isOptional
        inputMode="numeric"
        value={form.expiry}
        onChange={(value) => set({ expiry: value })}
        errors={expiry === undefined ? [] : [t(`propertyFault.${expiry}`)]}
      />
      <TextField
        label={t('property.responseTopic')}
        isOptional
        isMonospace
        value={form.responseTopic}
        onChange={(value) => set({ responseTopic: value })}
        errors={responseTopic === undefined ? [] : [t(`topicFault.${responseTopic}`)]}
      />
      <TextField
        label={t('property.correlationData')}
        isOptional
        isMonospace
        constraint={t('property.correlationDataHelp')}
        value={form.correlationData}
        onChange={(value) => set({ correlationData: value })}
        errors={correlationData === undefined ? [] : [t(`propertyFault.${correlationData}`)]}
      />
      <TextArea
        label={t('property.userProperties')}
        isOptional
        isCode
        rows={3}
        help={t('property.userPropertiesHelp')}
        value={form.userProperties}
        onChange={(value) => set({ userProperties: value })}
        errors={userProperties === undefined ? [] : [t(`propertyFault.${userProperties}`)]}
      />
    </div>
  );
}
