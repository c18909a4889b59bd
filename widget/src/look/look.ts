// SPDX-License-Identifier: MIT
import type { SiteAppearance } from '../protocol';
import branding from './branding.css';
import dark from './dark.css';
import light from './light.css';
import offset from './offset.css';
import photos from './photos.css';
import text from './text.css';

/** What a site's appearance comes to: the side, the text of the button and a stylesheet, a line each. */
export function look(appearance: SiteAppearance): string {
  const { scheme, side = 'right', offset_x: x = 0, offset_y: y = 0, launcher_text: said = '', photos_off, branding_off } = appearance;
  const css = [
    scheme === 'dark' && dark,
    scheme === 'light' && light,
    (x || y) && `.frame{--x:${x}px;--y:${y}px}${offset}`,
    said && text,
    photos_off && photos,
    branding_off && branding,
  ];
  return [side, said, css.filter(Boolean).join('')].join('\n');
}
