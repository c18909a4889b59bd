// SPDX-License-Identifier: MIT
const DEFAULT = '#1f5eff';

/** `#rrggbb` in lower case; anything else is the colour that the widget has by itself. */
export function siteColor(color: string | undefined): string {
  return color && /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : DEFAULT;
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour of text on `color`: white where that has a contrast of 4.5 to it, otherwise near black. */
export function textOn(color: string): string {
  return luminance(color) < 0.183 ? '#ffffff' : '#14171f';
}
