import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

/** The colour tokens by name, each as [light, dark]. */
const TOKENS = new Map(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, [light, dark] as const],
  ),
);

const TEXT_PAIRS = [
  ...['canvas', 'surface', 'sunken', 'raised'].flatMap((ground) =>
    ['ink', 'ink-muted', 'accent', 'positive', 'warning', 'danger', 'sandbox'].map(
      (text) => [text, ground] as const,
    ),
  ),
  ['ink', 'accent-soft'],
  ['ink-muted', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['accent-strong', 'surface'],
  ['positive', 'positive-soft'],
  ['warning', 'warning-soft'],
  ['danger', 'danger-soft'],
  ['sandbox', 'sandbox-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-strong'],
  ['on-sandbox', 'sandbox'],
  ['canvas', 'ink'],
] as const;

/** What has to be seen but not read: the edges of controls, the focus ring, filled marks. */
const EDGE_PAIRS = ['canvas', 'surface', 'sunken', 'raised'].flatMap((ground) =>
  ['line-strong', 'accent', 'positive', 'warning', 'danger'].map((edge) => [edge, ground] as const),
);

/** Contrast of two sRGB colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function tooWeak(pairs: ReadonlyArray<readonly [string, string]>, theme: 0 | 1, minimum: number): string[] {
  return pairs.flatMap(([over, under]) => {
    const [front, back] = [TOKENS.get(over)?.[theme], TOKENS.get(under)?.[theme]];
    if (front === undefined || back === undefined) return [`${over} or ${under} is no token`];
    const ratio = contrast(front, back);
    return ratio < minimum ? [`${over} on ${under}: ${ratio.toFixed(2)}`] : [];
  });
}

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('in the %s theme', (_name, theme) => {
  it('text can be read (WCAG 1.4.3: 4.5)', () => {
    expect(tooWeak(TEXT_PAIRS, theme, 4.5)).toEqual([]);
  });

  it('edges can be seen (WCAG 1.4.11: 3)', () => {
    expect(tooWeak(EDGE_PAIRS, theme, 3)).toEqual([]);
  });
});

it('knows black on white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
