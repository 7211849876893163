'use client';

import { useEffect, useState } from 'react';
import { ConnectionNotice, ConnectionStatus } from './connection-notice';
import { EMPTY_PUBLISH_FORM, readWork, workKey, writeWork } from './kept-work';
import { MessagesCard } from './messages-card';
import { PublishCard } from './publish-card';
import { SubscriptionsCard } from './subscriptions-card';
import { useMqttClient } from './use-mqtt-client';

type MqttClientProps = {
  environment: string;
  operatorId: string;
  /** Whose topics are offered first. */
  thing: string | undefined;
  mayPublish: boolean;
};

/** Subscribes and publishes through the console's server, which has the credentials; the page has none. Rendered in the browser alone. */
export function MqttClient({ environment, operatorId, thing, mayPublish }: MqttClientProps) {
  const key = workKey({ environment, operatorId });
  const [kept] = useState(() => readWork(window.sessionStorage, key));
  const client = useMqttClient(environment, kept?.wanted ?? []);
  const [publishForm, setPublishForm] = useState(kept?.publish ?? EMPTY_PUBLISH_FORM);
  const { wanted } = client;
  useEffect(() => {
    const filters = wanted.map(({ filter, qos }) => ({ filter, qos }));
    writeWork(window.sessionStorage, key, { wanted: filters, publish: publishForm });
  }, [key, wanted, publishForm]);

  return (
    <div className="flex flex-col gap-3">
      <ConnectionStatus link={client.link} connection={client.connection} />
      <ConnectionNotice link={client.link} connection={client.connection} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <SubscriptionsCard
            wanted={wanted}
            thing={thing}
            onSubscribe={client.subscribe}
            onUnsubscribe={client.unsubscribe}
          />
          {mayPublish ? (
            <PublishCard form={publishForm} onChange={setPublishForm} publish={client.publish} />
          ) : null}
        </div>
        <MessagesCard
          log={client.log}
          version={client.version}
          environment={environment}
          onClear={client.clear}
        />
      </div>
    </div>
  );
}
