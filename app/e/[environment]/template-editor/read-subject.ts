import 'server-only';
import { readIssuedSubject } from '@/components/device/issued-subject';
import { ofLedger } from '@/components/dry-run/tested-certificate';
import type {
  EditorCertificates,
  EditorOpening,
  EditorSubject,
} from '@/components/template-editor/editor-port';
import { BLANK_OPENING } from '@/components/template-editor/start-text';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { newest } from '@/lib/ledger/read';
import { layOutJson } from '@/lib/policy/json-layout';
import { profileOf } from '@/lib/provisioning/lint/certificate-profile';
import { TEMPLATE_BODY_CHARACTERS_MAX } from '@/lib/provisioning/template';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isTemplateName } from '@/lib/registry/provisioning-template';
import { ok, type Result } from '@/lib/result';

/** As many as say what a CA's devices carry. */
const NEWEST_MAX = 100;

/** Each is tried whole at every key; the newest say what the next will look like. */
const SAMPLES_MAX = 3;

export type ReadSubject = {
  subject: EditorSubject;
  opening: EditorOpening;
  certificates: EditorCertificates | undefined;
  /** The template that a CA names, whose text is edited in place of one of its own. */
  namedTemplate?: string | undefined;
  /** What a CA has now. */
  caConfig?: RegistrationConfig | undefined;
};

type Asked = Partial<Record<'template' | 'version' | 'ca', unknown>>;

/** What the address asks for: a version of a template, the template of a CA, or nothing yet. */
export async function readSubject(
  environment: Environment,
  { template, version, ca }: Asked,
): Promise<Result<ReadSubject, Failure>> {
  const iot = iotFor(environment);
  if (typeof template === 'string' && isTemplateName(template)) {
    return readTemplateSubject(iot, template, Number(version));
  }
  if (typeof ca === 'string' && isCertificateId(ca)) return readCaSubject(environment, iot, ca);
  return ok({ subject: { kind: 'new' }, opening: BLANK_OPENING, certificates: undefined });
}

async function readTemplateSubject(
  iot: IotGateway,
  templateName: string,
  version: number,
): Promise<Result<ReadSubject, Failure>> {
  const detail = await iot.describeProvisioningTemplate(templateName);
  if (!detail.ok) return detail;
  const { defaultVersionId, templateBody, roleArn, description } = detail.value;
  const isOther = Number.isSafeInteger(version) && version > 0 && version !== defaultVersionId;
  const body = isOther ? await iot.templateVersionBody(templateName, version) : ok(templateBody);
  if (!body.ok) return body;
  return ok({
    subject: {
      kind: 'template',
      templateName,
      versionId: isOther ? version : defaultVersionId,
      description: description === '' ? undefined : description,
    },
    opening: { body: readable(body.value), roleArn },
    certificates: undefined,
  });
}

async function readCaSubject(
  environment: Environment,
  iot: IotGateway,
  caId: string,
): Promise<Result<ReadSubject, Failure>> {
  const [described, certificates] = await Promise.all([
    iot.describeCaCertificate(caId),
    readCertificates(environment.id, caId),
  ]);
  if (!described.ok) return described;
  const config = described.value.registrationConfig;
  const subject: EditorSubject = { kind: 'ca', caId };
  if (config?.kind === 'named') {
    const named = await readTemplateSubject(iot, config.templateName, Number.NaN);
    if (!named.ok) return named;
    const { opening } = named.value;
    return ok({ subject, opening, certificates, namedTemplate: config.templateName, caConfig: config });
  }
  const opening =
    config === undefined ? BLANK_OPENING : { body: config.templateBody, roleArn: config.roleArn };
  return ok({
    subject,
    opening: { ...opening, body: readable(opening.body) },
    certificates,
    caConfig: config,
  });
}

/** What the newest certificates of this CA carry, as far as the newest of the ledger tell. */
async function readCertificates(environmentId: string, caId: string): Promise<EditorCertificates> {
  const rows = await newest(environmentId, NEWEST_MAX);
  const facts = rows
    .filter((row) => row.caId === caId)
    .map(({ certificateId, commonName, serial, subject }) => {
      const { fields } = readIssuedSubject(subject);
      const decimal = BigInt(`0x${serial || '0'}`).toString();
      return ofLedger({ certificateId, commonName, serial: decimal, subject: fields }).facts;
    });
  return { profile: profileOf(facts), samples: facts.slice(0, SAMPLES_MAX) };
}

/** Laid out for reading, unless AWS would not take it so: it counts white space as well. */
function readable(body: string): string {
  const laidOut = layOutJson(body);
  return laidOut.length > TEMPLATE_BODY_CHARACTERS_MAX ? body : laidOut;
}
