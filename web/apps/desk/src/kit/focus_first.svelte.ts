// What somebody came for has the focus when a sheet opens, not its cross.
export function focus_first(element: () => HTMLElement | undefined): void {
  $effect(() => {
    const first = element();
    // The sheet itself is shown after what is in it was made.
    const frame = requestAnimationFrame(() => first?.focus());
    return () => cancelAnimationFrame(frame);
  });
}
