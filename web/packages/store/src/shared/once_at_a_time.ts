// What takes a while and may be asked for by many: it is done once, and everybody who asked meanwhile waits for that.
export function once_at_a_time<Answer>(work: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<Answer> | null = null;
  return () => (running ??= work().finally(() => (running = null)));
}
