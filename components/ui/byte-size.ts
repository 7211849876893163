const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size with its unit in the person's language; decimal units, as file managers show them. */
export function formatByteSize(bytes: number, locale: string): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power);
}
