// SPDX-License-Identifier: MIT

/** What is said in the choice of alerts, in English. The file of another language has the same words under `alerts`. */
const words = {
  sound: 'Sound',
  chime: 'Chime',
  bell: 'Bell',
  drop: 'Drop',
  volume: 'Volume',
  browser: 'Browser notifications',
  blocked: 'Your browser blocks them. You can allow them in its settings for this page.',
};

export type AlertsWords = typeof words;
export default words;
