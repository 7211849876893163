/**
 * A sandbox's MQTT half on a free port with its state at hand, and devices that connect to it.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RegistrationConfig } from '@aws-sdk/client-iot';
import { RateBuckets } from '@/lib/sandbox/call-admission/rate-buckets';
import type { ExplanationEvent } from '@/lib/sandbox/explanations';
import { saveRole } from '@/lib/sandbox/iam/role-record';
import type { MqttPart } from '@/lib/sandbox/message-bus';
import { startMqtt } from '@/lib/sandbox/mqtt/start-mqtt';
import { registerCaCertificate } from '@/lib/sandbox/operations/ca-certificates/register-ca-certificate';
import { registrationCodeOf } from '@/lib/sandbox/operations/ca-certificates/registration-code';
import { registerCertificateWithoutCa } from '@/lib/sandbox/operations/certificates/register-certificate';
import { createPolicy } from '@/lib/sandbox/operations/policies/policies';
import { attachPolicy } from '@/lib/sandbox/operations/policies/policy-attachments';
import type { Scope } from '@/lib/sandbox/scope';
import { openState } from '@/lib/sandbox/state/open-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { loadOrCreateServerIdentity, type ServerIdentity } from '@/lib/sandbox/tls/server-identity';
import { DeviceWorkshop, type MadeCa, type MadeDevice } from './device-workshop';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-2';
const EVERYTHING =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const MANAGED_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
/** Short, so that tests do not wait; still after the close of the first connection. */
const PROVISIONING_DELAY_MS = 50;
const CONNECT_TIMEOUT_MS = 700;

export class MqttBench implements AsyncDisposable {
  readonly workshop: DeviceWorkshop;
  readonly state: SandboxState;
  readonly identity: ServerIdentity;
  readonly mqtt: MqttPart;

  private constructor(parts: Pick<MqttBench, 'workshop' | 'state' | 'identity' | 'mqtt'>) {
    this.workshop = parts.workshop;
    this.state = parts.state;
    this.identity = parts.identity;
    this.mqtt = parts.mqtt;
  }

  /** @param options - whether devices are held to AWS's rates, and the clock that tells */
  static async open({ throttled = false, now = () => new Date() } = {}): Promise<MqttBench> {
    const workshop = await DeviceWorkshop.open();
    const state = await openState(undefined, ACCOUNT);
    if (throttled) state.rates = new RateBuckets();
    const identity = await loadOrCreateServerIdentity(undefined);
    const mqtt = await startMqtt(
      {
        sandbox: state,
        port: 0,
        hosts: ['127.0.0.1', '::1'],
        serverIdentity: identity,
        provisioningDelayMs: PROVISIONING_DELAY_MS,
        now,
      },
      { handshakeTimeoutMs: CONNECT_TIMEOUT_MS, connectTimeoutMs: CONNECT_TIMEOUT_MS },
    );
    state.messageBus = mqtt.bus;
    return new MqttBench({ workshop, state, identity, mqtt });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mqtt.close();
    await this.identity.dispose();
    await this.workshop[Symbol.asyncDispose]();
  }

  scope(region = REGION): Scope {
    return {
      sandbox: this.state,
      region: this.state.region(region),
      accountId: ACCOUNT,
      now: () => new Date(),
    };
  }

  /** Registers a CA with its proof, active and with auto-registration. */
  async register(
    ca: MadeCa,
    { config, region }: { config?: RegistrationConfig; region?: string } = {},
  ): Promise<string> {
    const scope = this.scope(region);
    const { certificateId = '' } = registerCaCertificate(scope, {
      caCertificate: ca.pem,
      verificationCertificate: await this.workshop.makeProof(ca, registrationCodeOf(scope)),
      setAsActive: true,
      allowAutoRegistration: true,
      registrationConfig: config,
    });
    return certificateId;
  }

  /** The provisioning role that the fixtures name; by default as it should be. */
  putRole({
    service = 'iot.amazonaws.com',
    attachedPolicyArns = [MANAGED_POLICY],
    inlinePolicies = {},
  } = {}): void {
    const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
    saveRole(this.scope(), {
      roleName: 'JITPRole',
      path: '/',
      roleId: 'AROAEXAMPLE',
      assumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      maxSessionDuration: 3600,
      attachedPolicyArns,
      inlinePolicies,
      tags: [],
      createdAt: Date.now(),
      sequence: 1,
    });
  }

  /** A certificate that may do everything: the test client of AWS's console. */
  async makeObserver(region = REGION): Promise<MadeDevice> {
    const ca = await this.workshop.makeCa({ subject: '/O=Observers', key: 'EC' });
    const observer = await this.workshop.makeDevice(ca, { subject: '/CN=observer', key: 'EC' });
    this.allow(observer, { region });
    return observer;
  }

  /** Registers a certificate by hand, active, with a policy; everything is allowed unless a document says otherwise. */
  allow(device: MadeDevice, { region = REGION, policyDocument = EVERYTHING } = {}): void {
    const scope = this.scope(region);
    const { certificateArn = '' } = registerCertificateWithoutCa(scope, {
      certificatePem: device.pem,
      status: 'ACTIVE',
    });
    const policyName = `policy-${device.id.slice(0, 8)}`;
    createPolicy(scope, { policyName, policyDocument });
    attachPolicy(scope, { policyName, target: certificateArn });
  }

  /** A device that is registered by hand, with a policy of these statements. */
  async deviceWith(...statements: object[]): Promise<MadeDevice> {
    const ca = await this.workshop.makeCa({ subject: '/O=Anybody', key: 'EC' });
    const device = await this.workshop.makeDevice(ca, { subject: '/CN=device', key: 'EC' });
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    this.allow(device, { policyDocument });
    return device;
  }

  /** Connection arguments of mosquitto's clients, as the article writes them. */
  args(
    device: { certFile: string; keyFile: string },
    { host = 'localhost', clientId = 'DemoThing' } = {},
  ): string[] {
    const { certFile, keyFile } = device;
    return [
      ...['--cafile', this.identity.caFile, '--cert', certFile, '--key', keyFile],
      ...['-h', host, '-p', String(this.mqtt.port), '-q', '1', '-i', clientId, '--tls-version', 'tlsv1.2'],
    ];
  }

  get events(): readonly ExplanationEvent[] {
    return this.state.explanations.after(0);
  }

  /** The next event of that code about that certificate, waited for. */
  async explained(code: string, certificateId?: string): Promise<ExplanationEvent> {
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      const found = this.events.findLast(
        (event) =>
          event.code === code && (certificateId === undefined || event.certificateId === certificateId),
      );
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`no ${code} among ${JSON.stringify(this.events.map((event) => event.code))}`);
  }
}

/** A policy statement; actions without `iot:`, resources as behind the account in an ARN. */
export const allow = (actions: string[], ...resources: string[]) => ({
  Effect: 'Allow',
  Action: actions.map((action) => `iot:${action}`),
  Resource: resources.map((resource) => `arn:aws:iot:${REGION}:${ACCOUNT}:${resource}`),
});

/** One of AWS's published registration configs, its placeholders filled in. */
export async function articleConfig(
  name: 'jitp-scoped' | 'jitp-admin' | 'jitp-predefined-policy',
): Promise<RegistrationConfig> {
  const path = fileURLToPath(new URL(`../../../provisioning/fixtures/${name}.json`, import.meta.url));
  const filled = (await readFile(path, 'utf8')).replaceAll('<ACCOUNT_ID>', ACCOUNT);
  const config: { templateBody: string; roleArn: string } = JSON.parse(filled);
  return config;
}
