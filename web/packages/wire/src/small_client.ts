// As much of an API client as the panel needs, with the types of openapi-fetch and a fifth of its weight: the panel is paid for
// on other people's websites.
import type { Client, ClientOptions } from 'openapi-fetch';
import type { paths } from './api.ts';

interface Asked {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, string> };
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export function small_client({ baseUrl = '', fetch: ask = fetch, credentials = 'same-origin' }: ClientOptions): Client<paths> {
  const verb =
    (method: string) =>
    async (path: string, { params = {}, body, headers, signal }: Asked = {}) => {
      const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params.path?.[name])));
      const query = new URLSearchParams(
        Object.entries(params.query ?? {})
          .filter(([, value]) => value != null)
          .map(([name, value]) => [name, `${value}`]),
      );
      const request = new Request(`${baseUrl}${place}${query.size > 0 ? `?${query}` : ''}`, {
        method,
        credentials,
        signal: signal ?? null,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...params.header, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const response = await ask(request);
      const text = response.status === 204 ? '' : await response.text();
      return response.ok ? { data: text ? read(text) : undefined, response } : { error: read(text), response };
    };
  const verbs = Object.fromEntries(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD'].map((method) => [method, verb(method)]));
  return verbs as unknown as Client<paths>;
}

// The page of some proxy in between is no JSON.
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
