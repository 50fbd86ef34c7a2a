/** Does something with each item, at most `limit` at a time. The first fault ends it. */
export async function inParallel<T>(
  limit: number,
  items: Iterable<T>,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const work = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: limit }, work));
}
