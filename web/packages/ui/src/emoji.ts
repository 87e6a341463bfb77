// The emoji that people in a conversation use. Everything else their own keyboard has.
export const emoji = {
  smiles:
    '😀 😃 😄 😁 😅 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😜 🤗 🤭 🤫 🤔 🤨 😐 😶 😏 🙄 😬 😌 😔 😴 🤒 🤕 🤧 🥵 🥶 🥴 😵 🤯 🥳 😎 🤓 😕 😟 🙁 😮 😲 😳 🥺 😢 😭 😱 😖 😞 😓 😩 😫 🥱 😤 😠 😇',
  hands: '👍 👎 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ 👋 🤚 ✋ 👏 🙌 🤲 🙏 🤝 💪 ✍️ 💅 👀 👂 🧠 🫶 🫡 🤷 🤦 🙋 💁 🧑‍💻 🧑‍🔧 🧑‍🍳 🚶 💃 🕺',
  hearts: '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 ❣️ 💕 💞 💓 💗 💖 💘 💝 ✨ ⭐ 🌟 💫 🎉 🎊 🎈 🎁 🏆 🥇 💯 🔥',
  nature:
    '🌞 🌝 🌙 ⛅ 🌧️ ⛈️ ❄️ ☔ 🌈 🌊 🌍 🌱 🌲 🌴 🌵 🍀 🌷 🌹 🌻 🍁 🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦉 🐝 🦋 🐌 🐢 🐬 🐳',
  food: '🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥝 🍅 🥑 🥕 🌽 🥐 🍞 🧀 🥚 🍳 🥞 🍔 🍟 🍕 🥪 🌮 🥗 🍝 🍜 🍣 🍦 🍩 🍪 🎂 🍰 🍫 🍯 ☕ 🍵 🥛 🍷 🍺 🥂',
  things:
    '🏠 🏡 🏢 🏥 🏫 🚗 🚌 🚲 ✈️ 🚆 🚚 ⏰ ⌛ 📅 📌 📎 ✂️ 📦 📫 ✉️ 📞 📱 💻 🖨️ 📷 🔍 💡 🔦 🕯️ 🔑 🔒 🔨 🔧 🪑 🛋️ 🛏️ 🚪 🧸 👕 👗 👟 👓 🎒 ☂️ 💶 💳 🧾 ✅ ❌ ❓ ❗ ⚠️ ℹ️ 🔄 ➡️ ⬅️ ⬆️ ⬇️',
} as const;

export type EmojiGroup = keyof typeof emoji;

export function emoji_of(group: EmojiGroup): string[] {
  return [...new Set(emoji[group].split(' '))];
}
