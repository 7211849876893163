import { build } from 'esbuild';

/** A script with everything that it imports, as a browser takes it. @param entry from the project's root */
export async function pageScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    target: 'es2023',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}
