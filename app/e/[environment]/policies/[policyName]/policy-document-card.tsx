import type { RegistryTranslator } from '@/components/registry/translator';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { PolicyDetail } from '@/lib/registry/iot-policy';
import { prettyJson } from '@/lib/registry/pretty-json';
import { ok } from '@/lib/result';

type PolicyDocumentCardProps = {
  t: RegistryTranslator;
  iot: IotGateway;
  policy: PolicyDetail;
  versionId: string;
};

/** The document of one version; the default one's came with the policy. */
export async function PolicyDocumentCard({ t, iot, policy, versionId }: PolicyDocumentCardProps) {
  const isDefault = versionId === policy.defaultVersionId;
  const document = isDefault
    ? ok(policy.document)
    : await iot.getPolicyVersionDocument(policy.name, versionId);
  const title = t('policy.documentOf', { version: versionId });
  return (
    <Card title={title} aside={isDefault ? t('policy.inForce') : t('policy.notInForce')}>
      {document.ok ? (
        <CodeBlock label={title} code={prettyJson(document.value)} wraps />
      ) : (
        <FailureNotice failure={document.failure} />
      )}
    </Card>
  );
}
