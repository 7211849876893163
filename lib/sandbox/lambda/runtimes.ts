/** AWS's runtimes that the sandbox knows how to run. Lambda Developer Guide, "Lambda runtimes". */
const NODE = /^nodejs(?:18|20|22|24)\.x$/;
const PYTHON = /^python3\.(?:8|9|1[0-4])$/;

/** Which interpreter runs a runtime; undefined: none that the sandbox has. */
export function languageOf(runtime: string): 'node' | 'python' | undefined {
  if (NODE.test(runtime)) return 'node';
  return PYTHON.test(runtime) ? 'python' : undefined;
}
