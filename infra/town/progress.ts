import { Presets, SingleBar } from 'cli-progress';
import type { LoadProgress } from './load-town.ts';

const EVERY_MS = 3000;

/** How far a load is: a bar on a terminal, elsewhere a plain line every few seconds. */
export function showProgress(out: NodeJS.WriteStream = process.stderr): {
  onProgress(progress: LoadProgress): void;
  end(): void;
} {
  const started = Date.now();
  const perSecond = (items: number): number => Math.round(items / Math.max(0.001, (Date.now() - started) / 1000));
  if (out.isTTY) {
    const bar = new SingleBar(
      {
        stream: out,
        format: '{bar} {percentage}% · {value}/{total} elders · {items} items · {speed} items/s · {eta_formatted} left',
        hideCursor: true,
      },
      Presets.shades_classic,
    );
    let isStarted = false;
    return {
      onProgress({ items, elders, of }) {
        if (!isStarted) bar.start(of, 0, { items: 0, speed: 0 });
        isStarted = true;
        bar.update(elders, { items, speed: perSecond(items) });
      },
      end: () => bar.stop(),
    };
  }
  let last = started;
  return {
    onProgress({ items, elders, of }) {
      if (Date.now() - last < EVERY_MS) return;
      last = Date.now();
      out.write(
        `${Math.floor((elders * 100) / of)}% · ${elders}/${of} elders · ${items} items · ${perSecond(items)} items/s\n`,
      );
    },
    end() {},
  };
}
