// People by the name they go by. Who has not said it yet is somebody new, never a number.
import { m } from '@kith/words';

export const called = (person: { called: string } | null | undefined): string => person?.called.trim() || m.desk_nameless();

// "Ingrid" of "Ingrid Lindqvist": among colleagues and in a sentence.
export const first_name = (name: string): string => (name === m.desk_nameless() ? name : (name.trim().split(/\s+/)[0] ?? name));

// The first name of a person, for a sentence about her or him: no sentence guesses at a she or a he.
export const short_name = (person: { called: string } | null | undefined): string => first_name(called(person));
