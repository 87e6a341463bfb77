// Why something could not be done, as a type that screens can speak about.
import type { Schemas } from './nouns.ts';

type Told = Schemas['Problem'];
// `unreachable`: the house gave no answer at all, so nobody knows whether it was done. Say it again with the same id.
export type ProblemCode = NonNullable<Told['code']> | 'unreachable';

const passing: ReadonlySet<string> = new Set(['unreachable', 'too_many', 'storage_full', 'unavailable']);

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly field: string | null;
  readonly retry_after_ms: number | null;

  constructor(code: ProblemCode, told: Partial<Told> = {}, retry_after_ms: number | null = null) {
    super(told.detail ?? told.title ?? code);
    this.name = 'Problem';
    this.code = code;
    this.title = told.title ?? '';
    this.status = told.status ?? 0;
    this.detail = told.detail ?? '';
    this.field = told.field ?? null;
    this.retry_after_ms = retry_after_ms;
  }

  // Whether the same thing may succeed later.
  get is_passing(): boolean {
    return passing.has(this.code);
  }
}

export function unreachable(why = ''): Problem {
  return new Problem('unreachable', { detail: why });
}

const code_of_status: Record<number, ProblemCode> = {
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  409: 'conflict',
  412: 'conflict',
  413: 'too_large',
  429: 'too_many',
  507: 'storage_full',
};

// Of whatever an answer carried: a problem of the house, or the page of some proxy in between.
export function problem_of(status: number, body: unknown, retry_after: string | null = null): Problem {
  const told: Partial<Told> = typeof body === 'object' && body !== null ? body : {};
  const code = told.code ?? code_of_status[status] ?? (status >= 500 ? 'unavailable' : 'invalid');
  const seconds = Number(retry_after ?? '');
  return new Problem(code, { ...told, status }, retry_after && Number.isFinite(seconds) ? seconds * 1000 : null);
}
