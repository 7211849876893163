/**
 * The programs that the tests use besides npm packages. Each is somebody else's: that is why they count as witnesses.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const TOOLS = [
  { name: 'Chromium', debian: 'chromium', found: () => Boolean(chromiumPath()) },
  {
    name: 'mosquitto_pub and mosquitto_sub',
    debian: 'mosquitto-clients',
    found: () => onPath('mosquitto_pub') && onPath('mosquitto_sub'),
  },
  { name: 'the AWS CLI', debian: 'awscli', found: () => onPath('aws') },
  { name: 'OpenSSL', debian: 'openssl', found: () => onPath('openssl') },
];

/** The browser for the end-to-end tests: `CHROMIUM`, or what the system has. */
export function chromiumPath() {
  const candidates = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return candidates.find((path) => path && existsSync(path));
}

function onPath(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

/**
 * Makes sure that every tool is there: as root on Debian it installs what is missing, elsewhere it names what is missing
 * and the command that installs it.
 * @returns the sentences to print when something is still missing; empty when all is there
 */
export function provideTools() {
  const missing = TOOLS.filter((tool) => !tool.found());
  if (missing.length === 0) return [];

  const packages = missing.map((tool) => tool.debian);
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`Installing ${packages.join(', ')} …`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { stdio: ['ignore', 'ignore', 'inherit'], env: environment };
    spawnSync('apt-get', ['update'], options);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  }
  const still = missing.filter((tool) => !tool.found());
  if (still.length === 0) return [];
  return [
    `The tests need ${still.map((tool) => tool.name).join(', ')}, which this machine does not have.`,
    `On Debian or Ubuntu: sudo apt-get install ${still.map((tool) => tool.debian).join(' ')}`,
    'Elsewhere install the same programs and put them on the PATH; CHROMIUM may name the browser.',
  ];
}
