/**
 * The settings, by the schema of `lib/config`, which is bundled for the launcher.
 * @module
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @throws {Error} every fault, one per line
 */
export async function readSettings(env) {
  const { parseSettings } = await import('../../dist/settings.mjs');
  const parsed = parseSettings(env);
  if (parsed.ok) return parsed.value;
  const faults = parsed.failure.map(({ variable, rule }) => `  ${variable} ${rule}`);
  throw new Error(['The configuration is not right:', ...faults].join('\n'));
}
