// docs/api.yaml as a judge: every answer the tests see is held against it, and what was seen is remembered, so that an
// operation nobody exercises is noticed.
import { appendFileSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

interface Answer {
  content?: Record<string, unknown>;
  $ref?: string;
}
interface Operation {
  operationId: string;
  responses: Record<string, Answer>;
  security?: Record<string, unknown>[];
  requestBody?: { content: Record<string, unknown> };
}
interface Api {
  security?: Record<string, unknown>[];
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Answer> };
}

const api = parse(readFileSync(new URL('../../../docs/api.yaml', import.meta.url), 'utf8')) as Api;
const ajv = new Ajv2020({ strict: false, allErrors: true });
// The package is CommonJS; under Node's own modules its function sits in `default`.
(formats as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
ajv.addFormat('int64', true);
ajv.addFormat('binary', true);
ajv.addSchema(api as object, 'api');

const templates = Object.keys(api.paths)
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`),
    wildcards: template.split('{').length,
  }))
  // A fixed word wins over a placeholder.
  .sort((a, b) => a.wildcards - b.wildcards);

const checks = new Map<string, ValidateFunction>();

function escape_pointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function check_at(pointer: string[]): ValidateFunction {
  const ref = `api#/${pointer.map(escape_pointer).join('/')}`;
  let check = checks.get(ref);
  if (!check) {
    check = ajv.compile({ $ref: ref });
    checks.set(ref, check);
  }
  return check;
}

export function operation_of(method: string, path: string): { operation: Operation; template: string } | undefined {
  const bare = path.split('?')[0] ?? path;
  for (const { template, pattern } of templates) {
    const operation = api.paths[template]?.[method.toLowerCase()];
    if (operation && pattern.test(bare)) return { operation, template };
  }
  return undefined;
}

export function operation_ids(): string[] {
  return Object.values(api.paths).flatMap((item) =>
    Object.values(item).filter((operation) => operation?.operationId).map((operation) => operation.operationId));
}

export interface Door {
  method: string;
  template: string;
  // Who may come: 'visitor', 'colleague', 'program'; empty: everybody.
  who: string[];
  takes: string | undefined; // the media type of the body
}

// With an empty alternative nobody has to be known.
function who_may(security: Record<string, unknown>[]): string[] {
  const kinds = security.map((one) => Object.keys(one));
  return kinds.some((one) => one.length === 0) ? [] : kinds.flat();
}

// Every operation of the contract, so that no test has to name them and none is forgotten.
export function doors_of_the_contract(): Door[] {
  return Object.entries(api.paths).flatMap(([template, item]) =>
    Object.entries(item).filter(([, operation]) => operation?.operationId).map(([method, operation]) => ({
      method: method.toUpperCase(),
      template,
      who: who_may(operation.security ?? api.security ?? []),
      takes: Object.keys(operation.requestBody?.content ?? {})[0],
    })));
}

// Holds `value` against a schema of the contract.
export function must_match(schema: string, value: unknown): void {
  const check = check_at(['components', 'schemas', schema]);
  if (!check(value)) {
    throw new Error(`not a ${schema}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value, null, 1)}`);
  }
}

function remember(operation_id: string, status: number, where: 'anywhere' | 'row'): void {
  const file = process.env['KITH_SEEN'];
  if (file) appendFileSync(file, `${operation_id} ${status} ${where}\n`);
}

// A row of a scenario table was played to its end: what was answered, what it must not hold, and what both sides heard.
export function remember_row(method: string, path: string, status: number): void {
  const found = operation_of(method, path);
  if (found) remember(found.operation.operationId, status, 'row');
}

// Throws with a readable reason when the answer is not what the contract says.
export function hold_against_contract(
  method: string, path: string, status: number, media_type: string, body: unknown): void {
  const found = operation_of(method, path);
  if (!found) return; // outside of the contract: /healthz, unknown paths
  const where = `${method} ${found.template} answered ${status}`;
  remember(found.operation.operationId, status, 'anywhere');
  const key = String(status) in found.operation.responses ? String(status) : 'default';
  const told = found.operation.responses[key];
  if (!told) throw new Error(`${where}, which the contract does not know`);
  const shared = told.$ref?.split('/').at(-1);
  const answer = shared ? api.components.responses[shared] : told;
  const kinds = Object.keys(answer?.content ?? {});
  if (kinds.length === 0 || method === 'HEAD') return;
  if (kinds.includes('*/*')) return;
  const is_json = media_type.endsWith('json');
  if (!kinds.includes(media_type)) throw new Error(`${where} as ${media_type || 'nothing'}; the contract says ${kinds.join(', ')}`);
  if (!is_json) return; // bytes
  const pointer = shared ? ['components', 'responses', shared] : ['paths', found.template, method.toLowerCase(), 'responses', key];
  const check = check_at([...pointer, 'content', media_type, 'schema']);
  if (!check(body)) throw new Error(`${where} with a body that breaks the contract: ${ajv.errorsText(check.errors)}\n${JSON.stringify(body, null, 1)}`);
}
