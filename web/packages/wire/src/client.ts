// Requests: typed by docs/api.yaml, for colleagues (session cookie) and visitors (bearer token).
import create_client from 'openapi-fetch';
import type { Client, ClientOptions } from 'openapi-fetch';
import type { paths } from './api.ts';
import { Problem, problem_of, unreachable } from './problem.ts';
import { small_client } from './small_client.ts';
import { within } from './within.ts';

// Longer than any answer takes; a line that died without a word ends here.
const patience_ms = 30_000;

export type Api = Client<paths> & {
  // For bytes instead of JSON, with the same proof of who asks. Throws a Problem unless the answer is a good one.
  raw: (path: string, init?: RequestInit) => Promise<Response>;
};

interface Doorstep {
  base?: string | undefined;
  fetch?: typeof fetch;
}

type Make = (options: ClientOptions) => Client<paths>;

function client_with(
  make: Make,
  base: string,
  sign: (headers: Headers) => void,
  init: Pick<RequestInit, 'credentials'>,
  ask: typeof fetch,
): Api {
  const client = make({
    baseUrl: base,
    ...init,
    fetch: (request) => {
      sign(request.headers);
      return ask(request, { signal: within(patience_ms, request.signal) });
    },
  });
  const raw = async (path: string, more: RequestInit = {}) => {
    const headers = new Headers(more.headers);
    sign(headers);
    let response: Response;
    try {
      response = await ask(base + path, { ...init, ...more, headers });
    } catch (error) {
      if (more.signal?.aborted) throw error;
      throw unreachable(String(error));
    }
    if (!response.ok) throw problem_of(response.status, await response.json().catch(() => null), response.headers.get('retry-after'));
    return response;
  };
  return Object.assign(client, { raw });
}

export function colleague_client({ base = '', fetch: ask = fetch }: Doorstep = {}): Api {
  return client_with(
    create_client<paths>,
    base,
    () => {},
    { credentials: 'same-origin' },
    (...it) => ask(...it),
  );
}

// Without cookies: the panel lives on the origin of the desk, and a colleague may be her own visitor.
export function visitor_client({ token, base = '', fetch: ask = fetch }: Doorstep & { token: () => string | null }): Api {
  const sign = (headers: Headers) => {
    const known = token();
    if (known) headers.set('authorization', `Bearer ${known}`);
  };
  return client_with(small_client, base, sign, { credentials: 'omit' }, (...it) => ask(...it));
}

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

// The body of a good answer; anything else is thrown as a Problem.
export async function must<A extends Answer>(asked: Promise<A>): Promise<NonNullable<A['data']>> {
  let answer: A;
  try {
    answer = await asked;
  } catch (error) {
    throw error instanceof Problem ? error : unreachable(String(error));
  }
  const { response } = answer;
  if (response.ok) return answer.data as NonNullable<A['data']>;
  throw problem_of(response.status, answer.error, response.headers.get('retry-after'));
}
