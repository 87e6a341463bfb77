/** Lets the browser listen and draw in between, so that no piece of work keeps a finger waiting. Also in a page that is not seen. */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

export async function breathed<T>(told: T): Promise<T> {
  await breathe();
  return told;
}

/** Begins each piece of work in a breath of its own, without waiting for the ones before to end; done when all are, or one fails. */
export async function begun_apart(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const under_way: Promise<unknown>[] = [];
  for (const work of works) {
    const begun = work();
    begun.catch(() => {}); // heard below
    under_way.push(begun);
    await breathe();
  }
  await Promise.all(under_way);
}
