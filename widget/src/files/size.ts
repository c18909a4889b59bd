// SPDX-License-Identifier: MIT
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** A number of bytes as the language writes it, in units of a thousand. */
export function sizeText(bytes: number, tag: string): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return (bytes / 1000 ** step).toLocaleString(tag, { style: 'unit', unit: UNITS[step]!, unitDisplay: 'short', maximumFractionDigits: 1 });
}
