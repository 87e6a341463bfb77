// One asker: sends requests, keeps her cookie or token, and holds every answer against the contract.
import { Agent as Connections, request as send } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { hold_against_contract } from './contract.ts';

export interface Answer<T = unknown> {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  body: T; // parsed when it is JSON, else undefined
}

export interface Problem {
  title: string;
  status: number;
  code?: string;
  detail?: string;
  field?: string;
}

export interface Options {
  headers?: Record<string, string>;
  // Sent as it is; `body` is sent as JSON.
  raw?: string | Buffer;
}

export class Asker {
  readonly base: URL;
  bearer: string | undefined;
  cookie: string | undefined; // of the session
  device: string | undefined; // by which this device is known again
  origin: string | undefined;
  private readonly connections = new Connections({ keepAlive: true, maxSockets: 8 });

  private readonly patience_ms: number; // without a byte of an answer

  constructor(base: string, patience_ms = 20_000) {
    this.base = new URL(base);
    this.patience_ms = patience_ms;
  }

  get<T>(path: string, options: Options = {}): Promise<Answer<T>> {
    return this.ask<T>('GET', path, undefined, options);
  }
  post<T>(path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
    return this.ask<T>('POST', path, body, options);
  }
  put<T>(path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
    return this.ask<T>('PUT', path, body, options);
  }
  patch<T>(path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
    return this.ask<T>('PATCH', path, body, options);
  }
  delete<T>(path: string, options: Options = {}): Promise<Answer<T>> {
    return this.ask<T>('DELETE', path, undefined, options);
  }

  async ask<T>(method: string, path: string, body: unknown, options: Options = {}): Promise<Answer<T>> {
    const answer = await this.exchange(method, path, body, options);
    const media_type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
    const is_json = media_type === 'application/json' || media_type === 'application/problem+json';
    const parsed: unknown = is_json && answer.bytes.length > 0 ? JSON.parse(answer.bytes.toString('utf8')) : undefined;
    hold_against_contract(method, path, answer.status, media_type, parsed);
    this.keep_cookie(answer.headers);
    return { ...answer, body: parsed as T };
  }

  close(): void {
    this.connections.destroy();
  }

  private headers_for(body: unknown, options: Options): Record<string, string> {
    const headers: Record<string, string> = {};
    if (this.bearer) headers['authorization'] = `Bearer ${this.bearer}`;
    const cookies = [this.cookie, this.device].filter((pair) => pair !== undefined);
    if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
    if (this.origin) headers['origin'] = this.origin;
    if (body !== undefined) headers['content-type'] = 'application/json';
    return { ...headers, ...options.headers };
  }

  private exchange(method: string, path: string, body: unknown, options: Options): Promise<Omit<Answer, 'body'>> {
    const payload = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const headers = this.headers_for(body, options);
    if (payload !== undefined) headers['content-length'] = String(Buffer.byteLength(payload));
    else if (method !== 'GET' && method !== 'HEAD') headers['content-length'] = '0';
    return new Promise((resolve, reject) => {
      const outgoing = send({
        host: this.base.hostname, port: this.base.port, method, path, headers, agent: this.connections, timeout: this.patience_ms,
      }, (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({
          status: incoming.statusCode ?? 0, headers: incoming.headers, bytes: Buffer.concat(parts),
        }));
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path}: no answer within ${this.patience_ms} ms`)));
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  }

  private keep_cookie(headers: IncomingHttpHeaders): void {
    for (const line of headers['set-cookie'] ?? []) {
      const pair = line.split(';')[0] ?? '';
      const ended = /max-age=0\b/i.test(line) || pair.endsWith('=');
      if (/^(__Host-)?kith-device=/.test(pair)) {
        this.device = pair;
        continue;
      }
      this.cookie = ended ? undefined : pair;
    }
  }
}
