// Every piece of the gallery, as axe sees it, in both schemes.
import { axe_complaints } from '@kith/check/axe';
import { set_theme } from '@kith/tokens/scale';
import type { Component } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Care from '../gallery/src/Care.svelte';
import Controls from '../gallery/src/Controls.svelte';
import Conversation from '../gallery/src/Conversation.svelte';
import Over from '../gallery/src/Over.svelte';
import PanelTalk from '../gallery/src/PanelTalk.svelte';
import People from '../gallery/src/People.svelte';

const parts: Record<string, Component> = { Controls, People, Conversation, PanelTalk, Care, Over };

afterEach(() => set_theme('system'));

for (const theme of ['light', 'dark'] as const) {
  for (const [name, part] of Object.entries(parts)) {
    test(`${name} is accessible in ${theme}`, async () => {
      set_theme(theme);
      const { container } = await render(part);
      expect(await axe_complaints(container)).toEqual([]);
    });
  }
}
