// What went wrong, in words of ours: what happened, what is safe, what to do. The titles of the house are the last resort.
import { m } from '@kith/words';
import type { Problem } from '@kith/wire';

export function problem_words(problem: unknown): string {
  const known = problem as Partial<Problem> | null;
  switch (known?.code) {
    case 'unreachable':
      return m.desk_problem_unreachable();
    case 'unavailable':
    case 'storage_full':
      return m.desk_problem_unavailable();
    case 'too_many':
      return m.desk_problem_too_many();
    case 'too_large':
      return m.desk_problem_too_large();
    case 'not_allowed':
      return m.desk_problem_not_allowed();
    case 'not_signed_in':
      return m.desk_problem_not_signed_in();
    case 'not_found':
      return m.desk_problem_not_found();
    case 'conflict':
      return m.desk_problem_conflict();
    default:
      return known?.title || m.desk_problem_unknown();
  }
}

export const field_of = (problem: unknown): string => (problem as { field?: string | null } | null)?.field ?? '';
export const code_of = (problem: unknown): string => (problem as { code?: string } | null)?.code ?? '';
