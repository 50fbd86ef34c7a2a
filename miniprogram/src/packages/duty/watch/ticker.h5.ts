/**
 * Calls `tick` about every `everyMs` until the answer is called. Browsers let the timers of a page that nobody looks at run once a
 * minute; those of a worker go on, so that a board behind another window hears of an alert as soon as one in front.
 */
export function startTicker(tick: () => void, everyMs: number): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const fallBack = (): void => {
    timer ??= setInterval(tick, everyMs);
  };
  const worker = startWorker(everyMs);
  if (worker === undefined) fallBack();
  else {
    worker.onmessage = tick;
    worker.onerror = fallBack;
  }
  return () => {
    worker?.terminate();
    clearInterval(timer);
  };
}

function startWorker(everyMs: number): Worker | undefined {
  try {
    const source = new Blob([`setInterval(function () { postMessage(0); }, ${everyMs})`], { type: 'text/javascript' });
    return new Worker(URL.createObjectURL(source));
  } catch {
    return undefined;
  }
}
