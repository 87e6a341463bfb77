// What axe has to say about a piece of a page: nothing, or what is wrong and where.
import axe from 'axe-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export async function axe_complaints(place: Element): Promise<string[]> {
  const found = await axe.run(place, { runOnly: rules });
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}
