// The first of these lines in which nothing stands yet.
export function first_empty(lines: Readonly<Record<string, string>>): string | undefined {
  return Object.keys(lines).find((name) => lines[name]?.trim() === '');
}
