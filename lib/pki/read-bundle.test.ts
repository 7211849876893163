import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenSsl } from '@/lib/testing/openssl';
import { type BundleInput, type BundleReading, readBundle } from './read-bundle';

const EC = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';

const openSsl = new OpenSsl();
afterAll(() => openSsl[Symbol.dispose]());

beforeAll(() => {
  for (const ca of ['ca', 'root']) {
    openSsl.run(`req -x509 -new ${EC} -keyout ${ca}.key -out ${ca}.pem -days 30 -subj /O=AMZ/CN=${ca}`);
  }
  for (const device of ['device', 'other']) {
    openSsl.run(`req -new ${EC} -keyout ${device}.key -out ${device}.csr -subj /CN=${device}`);
    openSsl.run(
      `x509 -req -in ${device}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out ${device}.pem -days 9`,
    );
  }
  openSsl.run('req -new -newkey rsa:1024 -nodes -keyout short.key -out short.csr -subj /CN=short');
  openSsl.run(
    'pkcs8 -topk8 -in device.key -out locked.key -passout pass:sesame-open -v2 aes-256-cbc -iter 2048',
  );
  openSsl.run('ec -in device.key -outform DER -out device.der');
  openSsl.write('chain.pem', openSsl.read('device.pem') + openSsl.read('ca.pem'));
  openSsl.write('reversed.pem', openSsl.read('ca.pem') + openSsl.read('device.pem'));
  openSsl.write('all.pem', openSsl.read('device.key') + openSsl.read('chain.pem'));
});

const file = (name: string): BundleInput => ({ name, bytes: openSsl.readBytes(name) });
const text = (name: string, content: string): BundleInput => ({
  name,
  bytes: new TextEncoder().encode(content),
});
const read = (...files: BundleInput[]): Promise<BundleReading> => readBundle(files, crypto);

describe('a bundle', () => {
  it.each([
    {
      files: ['device.key', 'device.pem', 'chain.pem'],
      key: 'matches',
      chain: 'leaf-first',
      why: 'as made here',
    },
    { files: ['all.pem'], key: 'matches', chain: 'leaf-first', why: 'key and chain in one file' },
    { files: ['device.der', 'chain.pem'], key: 'matches', chain: 'leaf-first', why: 'a key in DER' },
    { files: ['other.key', 'chain.pem'], key: 'differs', chain: 'leaf-first', why: "another device's key" },
    {
      files: ['other.key', 'device.key', 'device.pem'],
      key: 'matches',
      chain: 'absent',
      why: 'the right key among others',
    },
    { files: ['locked.key', 'chain.pem'], key: 'encrypted', chain: 'leaf-first', why: 'an encrypted key' },
    { files: ['short.key', 'chain.pem'], key: 'unusable', chain: 'leaf-first', why: 'a key too short' },
    { files: ['device.pem', 'ca.pem'], key: 'absent', chain: 'absent', why: 'two files are no chain' },
    { files: ['device.key', 'reversed.pem'], key: 'matches', chain: 'issuer-first', why: 'the CA in front' },
  ])('$why: key $key, chain $chain', async ({ files, key, chain }) => {
    const reading = await read(...files.map(file));
    expect(reading).toMatchObject({ key, chain, hasIssuerKey: false });
    expect(reading.leaf?.facts.subject.text).toBe('CN=device');
  });

  it('has an issuer that signed, and roots that are others', async () => {
    const { issuer, serverRoots } = await read(file('chain.pem'), file('root.pem'));
    expect(issuer?.facts.subject.text).toBe('O=AMZ, CN=ca');
    expect(serverRoots.map(({ file: name }) => name)).toEqual(['root.pem']);
  });

  it("of which the CA's key is part is told apart, loudly", async () => {
    expect(await read(file('device.key'), file('chain.pem'), file('ca.key'))).toMatchObject({
      key: 'matches',
      hasIssuerKey: true,
    });
  });

  it('without a certificate has no leaf', async () => {
    expect(await read(file('device.key'), text('notes.txt', 'Hello'))).toMatchObject({
      leaf: undefined,
      key: 'absent',
    });
  });

  it('never answers with anything of a key', async () => {
    const said = JSON.stringify(await read(file('all.pem'), file('locked.key'), file('ca.key')));
    expect(said).not.toContain('PRIVATE KEY');
    const body = openSsl.read('device.key').split('\n').slice(1, -2).join('');
    expect(said).not.toContain(body.slice(0, 24));
  });
});

describe('where a bundle connects', () => {
  const manifest = JSON.stringify({
    manifestVersion: 1,
    thingName: 'press-1',
    endpoint: 'a-ats.iot.eu-central-1.amazonaws.com',
    port: 8883,
  });
  it.each([
    {
      content: manifest,
      target: { host: 'a-ats.iot.eu-central-1.amazonaws.com', port: 8883, clientId: 'press-1' },
      why: 'our manifest',
    },
    {
      content: "First:\nmosquitto_pub --cafile r.pem -h localhost -p 8883 -q 1 -t a/b -i 'press 1' -m Hello",
      target: { host: 'localhost', port: 8883, clientId: 'press 1' },
      why: "a read-me's line",
    },
    {
      content: 'mosquitto_sub \\\n  -h "b.example.com" \\\n  -t x',
      target: { host: 'b.example.com', port: undefined, clientId: undefined },
      why: 'a line in pieces',
    },
    { content: '{"manifestVersion":1,"port":70000,"endpoint":7}', target: {}, why: 'values of other kinds' },
    { content: '{"manifestVersion":', target: {}, why: 'half a manifest' },
    { content: '[1]', target: {}, why: 'other JSON' },
  ])('$why', async ({ content, target }) => {
    const reading = await read(file('device.pem'), text('x', content));
    expect(reading.target).toMatchObject({
      host: undefined,
      port: undefined,
      clientId: undefined,
      ...target,
    });
  });

  it('the manifest says which certificate is the device, whatever stands first', async () => {
    const { leaf } = await read(file('device.pem'));
    const certificateId = leaf?.facts.certificateId;
    const named = text('manifest.json', JSON.stringify({ manifestVersion: 1, certificateId }));
    const reading = await read(file('other.pem'), file('device.pem'), named);
    expect(reading.leaf?.facts.subject.text).toBe('CN=device');
  });
});
