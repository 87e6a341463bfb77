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
