// The small pieces of a conversation that come when they are asked for: fetched once it has begun, so that they are there
// without a line, too, and when the house has been updated meanwhile.
export const fetch_what_is_at_hand = () =>
  Promise.allSettled([
    import('./About.svelte'),
    import('./transcript.ts'),
    import('@kith/ui/ComposerFiles.svelte'),
    import('@kith/ui/EmojiGrid.svelte'),
    import('@kith/ui/VoiceBar.svelte'),
    import('@kith/ui/VoicePlayer.svelte'),
  ]);
