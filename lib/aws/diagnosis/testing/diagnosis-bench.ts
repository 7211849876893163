/**
 * A running sandbox with boto3, OpenSSL and mosquitto: what brings a device into a state that a diagnosis has to recognise.
 * @module
 */
import { readFile } from 'node:fs/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { type GatherOptions, gatherFacts } from '@/lib/aws/diagnosis/gather-facts';
import type { DiagnosedDevice } from '@/lib/aws/diagnosis/inquiry';
import { sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { type Diagnosis, diagnose } from '@/lib/diagnosis/diagnose';
import { RateBuckets } from '@/lib/sandbox/call-admission/rate-buckets';
import { withChain } from '@/lib/sandbox/jitp/testing/admission-bench';
import { provisioningOf } from '@/lib/sandbox/jitp/testing/first-contact';
import { FLEET_POLICY, ref, templateText } from '@/lib/sandbox/jitp/testing/template-text';
import { mosquittoPub } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type CertificateOrder, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';

const REGION = 'us-east-2';
/** What is pending by then does not come any more. */
const LATER_MS = 60_000;

/** A device of a CA of its own; `chain` is its certificate with the CA's behind it. */
export type FleetDevice = { name: string; ca: Made; leaf: Made; chain: Made };

type Clock = { aheadMs: number; stoppedAtMs: number | undefined };
const timeOf = ({ aheadMs, stoppedAtMs }: Clock): Date => new Date(stoppedAtMs ?? Date.now() + aheadMs);

type FleetOrder = {
  /** What RegisterCACertificate gets beside the CA; `undefined` leaves the CA unregistered. */
  registration?: object | undefined;
  /** In place of a new one. */
  ca?: Made;
  /** How the certificates differ from good ones. */
  caOrder?: CertificateOrder;
  leafOrder?: CertificateOrder;
  region?: string;
};

/** What the person has, beside the device's certificate. */
export type Brought = Partial<Omit<DiagnosedDevice, 'certificateId'>> &
  Pick<GatherOptions, 'isCloudTrailWanted'> & {
    /** The environment's, where the person looks. */
    region?: string;
    /** Of services that are asked elsewhere than in the sandbox. */
    endpoints?: Partial<Environment['endpoints']>;
  };

export class DiagnosisBench implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly boto: Boto;
  readonly maker: CertificateMaker;
  /** A provisioning role that may do all that it has to. */
  readonly roleArn: string;
  readonly #clock: Clock;
  readonly #clients: MqttClient[] = [];
  #count = 0;

  private constructor(parts: Pick<DiagnosisBench, 'sandbox' | 'boto' | 'maker' | 'roleArn'>, clock: Clock) {
    this.sandbox = parts.sandbox;
    this.boto = parts.boto;
    this.maker = parts.maker;
    this.roleArn = parts.roleArn;
    this.#clock = clock;
  }

  static async open(): Promise<DiagnosisBench> {
    const clock: Clock = { aheadMs: 0, stoppedAtMs: undefined };
    const [sandbox, maker] = await Promise.all([
      startSandbox({ now: () => timeOf(clock) }),
      CertificateMaker.open(),
    ]);
    const boto = new Boto(sandbox.api);
    const roleArn = await makeProvisioningRole(boto, 'Provisioning');
    await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
    await boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' },
    });
    return new DiagnosisBench({ sandbox, boto, maker, roleArn }, clock);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rest();
    this.boto[Symbol.dispose]();
    await this.maker[Symbol.asyncDispose]();
    await this.sandbox.close();
  }

  /** The sandbox's clock, and ours while we diagnose. */
  readonly now = (): Date => timeOf(this.#clock);

  /** Sets the sandbox's clock ahead, or behind, until {@link rest}. */
  setClock(aheadMs: number): void {
    this.#clock.aheadMs = aheadMs;
  }

  /** Ends what a test leaves behind: who is on line, the clock, the rates. */
  async rest(): Promise<void> {
    Object.assign(this.#clock, { aheadMs: 0, stoppedAtMs: undefined });
    this.sandbox.state.rates = undefined;
    await Promise.all(this.#clients.splice(0).map((client) => client.endAsync(true)));
  }

  /** Holds everybody to AWS's rates, with a clock that stands still, until {@link rest}. */
  throttle(): void {
    this.#clock.stoppedAtMs = this.now().getTime();
    this.sandbox.state.rates = new RateBuckets();
  }

  /** Connects by mqtt.js and stays. */
  async online({ leaf }: FleetDevice, clientId: string): Promise<void> {
    const [cert, key] = await Promise.all([readFile(leaf.certFile), readFile(leaf.keyFile)]);
    const { host, port } = this.sandbox.mqtt;
    const client = await mqtt.connectAsync({
      ...{ protocol: 'mqtts', host, port, cert, key, ca: this.sandbox.caPem },
      ...{ clientId, reconnectPeriod: 0 },
    });
    client.on('error', () => undefined);
    this.#clients.push(client);
  }

  /** A CA of its own name, registered with the good template unless told otherwise, and a device of it. */
  async fleet({ caOrder, leafOrder, region, ...order }: FleetOrder = {}): Promise<FleetDevice> {
    this.#count += 1;
    const name = `device-${this.#count}`;
    const ca = order.ca ?? (await this.maker.ca({ subject: `/O=Maker/CN=CA ${this.#count}`, ...caOrder }));
    const registration = 'registration' in order ? order.registration : this.inline(thingTemplate());
    if (registration !== undefined) await this.register(ca, registration, region);
    return this.deviceOf(ca, name, leafOrder);
  }

  async deviceOf(ca: Made, name: string, leafOrder: CertificateOrder = {}): Promise<FleetDevice> {
    const leaf = await this.maker.leaf(ca, { subject: `/CN=${name}`, ...leafOrder });
    return { name, ca, leaf, chain: await withChain(leaf, ca) };
  }

  async register(ca: Made, more: object, region?: string): Promise<void> {
    const input = {
      ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
      ...{ setAsActive: true, allowAutoRegistration: true },
      ...more,
    };
    await this.boto.ok('iot.register_ca_certificate', input, region);
  }

  /** Registration with a template on the CA itself. */
  inline(templateBody: string, roleArn = this.roleArn): object {
    return { registrationConfig: { templateBody, roleArn } };
  }

  /** mosquitto connects once with these files; answers its log. */
  async connect(
    { certFile, keyFile }: Made,
    clientId: string,
    more: readonly string[] = [],
  ): Promise<string> {
    const { host, port } = this.sandbox.mqtt;
    const { output } = await mosquittoPub([
      ...['--cafile', this.sandbox.caFile, '--cert', certFile, '--key', keyFile],
      ...['-h', host, '-p', String(port), '-q', '1', '-i', clientId, '-t', `${clientId}/test`, '-m', 'Hello'],
      ...more,
    ]);
    return output;
  }

  /** The first connection, and whatever AWS makes of it; answers mosquitto's log. */
  async firstConnect({ chain, leaf, name }: FleetDevice): Promise<string> {
    const after = this.sandbox.state.explanations.lastSequence;
    const log = await this.connect(chain, name);
    await provisioningOf(this.sandbox, { certificateId: leaf.id, after });
    return log;
  }

  /** A device that has been provisioned: active, with thing and policy. */
  async activated(): Promise<FleetDevice> {
    const device = await this.fleet();
    await this.firstConnect(device);
    return device;
  }

  arn({ leaf }: FleetDevice): string {
    return `arn:aws:iot:${REGION}:123456789012:cert/${leaf.id}`;
  }

  /** Gives an activated device another policy in place of the one that it has. */
  async repolicy(device: FleetDevice, ...statements: readonly object[]): Promise<void> {
    const target = this.arn(device);
    await this.boto.ok('iot.detach_policy', { policyName: 'Fleet', target });
    if (statements.length === 0) return;
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await this.boto.ok('iot.create_policy', { policyName: device.name, policyDocument });
    await this.boto.ok('iot.attach_policy', { policyName: device.name, target });
  }

  /** A minute later, as the console asks. */
  async diagnose(
    { id, pem }: Pick<Made, 'id' | 'pem'>,
    { isCloudTrailWanted = false, region = REGION, endpoints, ...brought }: Brought = {},
  ): Promise<{ diagnosis: Diagnosis; calls: number }> {
    const now = new Date(this.now().getTime() + LATER_MS);
    const environment = { ...sandboxEnvironment(this.sandbox), region };
    const { facts, calls } = await gatherFacts(
      { ...environment, endpoints: { ...environment.endpoints, ...endpoints } },
      {
        certificateId: id,
        certificatePem: pem,
        subject: undefined,
        given: undefined,
        ledger: undefined,
        clientId: brought.given?.clientId,
        topics: [],
        ...brought,
      },
      { now: () => now, isCloudTrailWanted },
    );
    return { diagnosis: diagnose(facts, now), calls };
  }
}

/** A thing of the common name, an active certificate, and the policy `Fleet`. */
export const thingTemplate = (thing: object = {}): string =>
  templateText({ parameters: ['CommonName'], thing: { ThingName: ref('CommonName'), ...thing } });

/** A policy statement about this account's Region; resources as behind the account in an ARN. */
export const statement = (Effect: 'Allow' | 'Deny', action: string, resource: string): object => ({
  Effect,
  Action: `iot:${action}`,
  Resource: `arn:aws:iot:${REGION}:123456789012:${resource}`,
});
