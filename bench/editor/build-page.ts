/**
 * The page that the bench types into: the editor in its production build, and the console's styles.
 * @module
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import tailwind from '@tailwindcss/postcss';
import { build } from 'esbuild';
import postcss from 'postcss';

const ROOT = process.cwd();

export type EditorPage = { script: string; style: string };

export async function buildEditorPage(): Promise<EditorPage> {
  const bundle = await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/editor/editor-page.tsx'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    logLevel: 'warning',
  });
  const stylesheet = path.join(ROOT, 'app/globals.css');
  const style = await postcss([tailwind({ base: ROOT })]).process(readFileSync(stylesheet, 'utf8'), {
    from: stylesheet,
  });
  return { script: bundle.outputFiles[0]?.text ?? '', style: style.css };
}

/** The page with a document in it. */
export function htmlOf({ script, style }: EditorPage, body: string): string {
  const given = body.replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>editor</title><style>${style}</style>
<body><script type="application/json" id="given">${given}</script><div id="root"></div>
<script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
}
