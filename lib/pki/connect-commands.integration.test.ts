import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { connectCommands } from './connect-commands';

const fileNames = { key: 'a.key', certificate: 'a.crt', chain: 'a-chain.crt', serverRoot: 'server-root.pem' };

/** What a program would be given for a pasted line. */
function wordsInShell(line: string): string[] {
  const out = execFileSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`]).toString();
  return out.split('\0').slice(0, -1);
}

test.each(['DemoThing', 'Demo Thing', `it's "$(id)" \`x\``, '-d', '*', '東京', 'a\\b'])(
  'the shell hands over the thing name %s as it is',
  (thingName) => {
    const commands = connectCommands({ host: 'localhost', port: 8883, thingName, fileNames });
    for (const line of [commands.firstConnect, commands.publish, commands.subscribe]) {
      const words = wordsInShell(line);
      expect(words[words.indexOf('-i') + 1]).toBe(thingName);
      expect(words[words.indexOf('-t') + 1]).toBe(`${thingName}/test`);
    }
  },
);

test('the chain is shown once, at the first connect; afterwards the leaf alone', () => {
  const commands = connectCommands({ host: 'h', port: 8883, thingName: 'T', fileNames });
  expect(commands.firstConnect).toBe(
    'mosquitto_pub --cafile server-root.pem --cert a-chain.crt --key a.key -h h -p 8883 -q 1 -t T/test -i T ' +
      '--tls-version tlsv1.2 -m Hello -d',
  );
  expect(commands.publish).toBe(commands.firstConnect.replace('a-chain.crt', 'a.crt'));
  expect(commands.subscribe).toBe(
    'mosquitto_sub --cafile server-root.pem --cert a.crt --key a.key -h h -p 8883 -q 1 -t T/test -i T --tls-version tlsv1.2 -d',
  );
});
