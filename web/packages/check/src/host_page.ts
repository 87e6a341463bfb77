// A website of somebody else with Kith's line on it: another origin than the house, and as strict about what may run on it as a
// website can be.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  readonly origin: string;
  /** The same page under another name. To a browser it is another site than the house; Chromium keeps nothing for its frames. */
  readonly other_site: string;
  close(): Promise<void>;
}

/** `house` is where the house answers, `line` what goes onto the page; nothing is allowed but what docs/embedding.md asks for. */
export async function open_host_page(house: string, line: () => string): Promise<HostPage> {
  const policy = [
    "default-src 'none'",
    `script-src ${house}/w/kith.js`,
    `frame-src ${house}`,
    `connect-src ${house}`,
    `img-src ${house}`,
    "style-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const server = createServer((request, response) => {
    const is_page = request.url === '/';
    response.writeHead(is_page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
    const page = `<html lang="en"><title>Lamps and shades</title><h1>Lamps and shades</h1><p><a href="#lamps">See the lamps</a></p>${line()}</html>`;
    response.end(is_page ? `<!doctype html>${page}` : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    other_site: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
