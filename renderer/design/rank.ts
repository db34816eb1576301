import { go } from 'fuzzysort'; // fuzzysort: ranks by how the letters lie in the text; MIT, no dependencies

/** Below this a match is letters strewn over the text: noise. */
const LEAST_SCORE = 0.3;

/** The items that are like the query, best first; all of them, in their order, for an empty query. */
export function rank<Item>(
  query: string,
  items: readonly Item[],
  text: (item: Item) => string,
  limit: number,
): readonly Item[] {
  const wanted = query.trim();
  if (wanted === '') return items.length > limit ? items.slice(0, limit) : items;
  return go(wanted, items, { key: text, limit, threshold: LEAST_SCORE }).map(({ obj }) => obj);
}
