/** Calls `tick` about every `everyMs` until the answer is called. */
export function startTicker(tick: () => void, everyMs: number): () => void {
  const timer = setInterval(tick, everyMs);
  return () => clearInterval(timer);
}
