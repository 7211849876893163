/**
 * `npm run sandbox`: the sandbox alone. Standard output is its one line of JSON.
 * @module
 */
import { bundleWhenStale } from './launcher/bundle.mjs';
import { claimPort, LOOPBACK } from './launcher/ports.mjs';
import { readSettings } from './launcher/settings.mjs';

try {
  await bundleWhenStale();
  const { sandbox } = await readSettings(process.env);
  await claimPort({
    port: sandbox.apiPort,
    hosts: LOOPBACK,
    variable: 'SANDBOX_API_PORT',
    purpose: "the sandbox's API",
  });
  await claimPort({
    port: sandbox.mqttPort,
    hosts: LOOPBACK,
    variable: 'SANDBOX_MQTT_PORT',
    purpose: "the sandbox's MQTT",
  });
  await import('../dist/sandbox.mjs');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
