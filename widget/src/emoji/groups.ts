// SPDX-License-Identifier: MIT

/** So many stand in a row. */
export const COLUMNS = 8;

const list = (emoji: string): readonly string[] => emoji.split(' ');

/** The emoji that people choose from, all of them old enough to be drawn by systems that are some years old. */
export const GROUPS = {
  faces: list(
    '😀 😃 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤔 🤐 🤨 😐 😏 😒 🙄 😬 😌 😔 😴 😷 🤒 🤕 🤢 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 😕 😟 🙁 😮 😲 😳 🥺 😢 😭 😱 😖 😞 😩 😤 😡 🤬 💀 🤡 👻 👽 🤖 😺',
  ),
  people: list('👍 👎 👌 ✌️ 🤞 🤘 🤙 👈 👉 👆 👇 ☝️ ✋ 👋 👏 🙌 👐 🤲 🤝 🙏 ✊ 👊 💪 ✍️ 💅 👀 🧠 👶 👧 👦 👩 👨 👵 👴 🙋 🤷 🤦 🙇 🏃 💃'),
  nature: list('🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦉 🦄 🐝 🦋 🐢 🐙 🐬 🐳 🌵 🌲 🌴 🍀 🌷 🌹 🌻 🌸 🌍 🌙 ⭐ ☀️ ⛅ 🌧️ ❄️ 🔥 🌈 🌊'),
  food: list('🍏 🍌 🍇 🍓 🍒 🍑 🍍 🥑 🍅 🥕 🌽 🥐 🍞 🧀 🍳 🍔 🍟 🍕 🌮 🥗 🍝 🍣 🍦 🍰 🎂 🍪 🍫 🍩 ☕ 🍵 🍺 🍷'),
  things: list('⚽ 🏀 🎾 🚴 🏆 🎮 🎸 🎵 🎬 🎨 🚗 🚌 🚆 ✈️ 🚀 🚲 🏠 🏢 🏖️ 🗺️ ⌚ 📱 💻 🖨️ 📷 📞 💡 🔋 🔑 🔒 🛒 🛍️ 🎁 📦 🚚 ✉️ 📄 📎 ✏️ 📅 💳 💰 🧾 🔧 🔨 👕 👟 👜'),
  signs: list('❤️ 🧡 💛 💚 💙 💜 🖤 💔 💕 ✨ 🎉 🎈 💯 ✅ ❌ ❗ ❓ ⚠️ 🚫 ⏰ ⌛ 💤 💬 👁️ ➕ ➖ ➡️ ⬅️ ⬆️ ⬇️ 🔄 🆗'),
} as const;

/** Cut into rows. */
export function rows(emoji: readonly string[]): string[][] {
  const cut: string[][] = [];
  for (let at = 0; at < emoji.length; at += COLUMNS) cut.push(emoji.slice(at, at + COLUMNS));
  return cut;
}
