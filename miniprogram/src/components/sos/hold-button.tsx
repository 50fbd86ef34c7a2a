import { HOLD_MS, useHold } from '../../hooks/use-hold.ts';
import { useSosWords } from '../../i18n/sos';
import { Icon } from '../icon.tsx';
import { Box, Hold, Words } from '../primitives';

const RADIUS = 70;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring that is `part` full, as a background: WeChat has no inline SVG, and old phones no conic gradients. */
function ring(part: number): string {
  const circle = `cx="80" cy="80" r="${RADIUS}" fill="none" stroke-width="16"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160"><circle ${circle} stroke="#fdebec"/><circle ${circle} stroke="#a3121f" stroke-linecap="round" stroke-dasharray="${(ROUND * part).toFixed(1)} ${ROUND.toFixed(1)}" transform="rotate(-90 80 80)"/></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

interface HoldButtonProps {
  /** What it does, in words. */
  readonly what: string;
  readonly onStart: () => void;
  readonly onHeld: () => void;
  readonly onTap: () => void;
}

/** Press and hold fills a ring with a countdown in words; letting go stops it. */
export function HoldButton({ what, ...parts }: HoldButtonProps) {
  const words = useSosWords();
  const { heldMs, letGo, start, stop, tap } = useHold(parts);
  const left = heldMs === undefined ? 0 : Math.ceil((HOLD_MS - heldMs) / 1000);
  return (
    <>
      {heldMs === undefined ? null : (
        <Box role="status" className="sos__holding">
          <Box decorative className="sos__ring" style={{ backgroundImage: ring(heldMs / HOLD_MS) }}>
            {String(left)}
          </Box>
          <Box className="sos__let-go">{words.holding}</Box>
          <Box>{words.holdingFor(what, left)}</Box>
        </Box>
      )}
      {letGo ? (
        <Box role="status" className="sos__told">
          <Box className="strong">{words.letGo}</Box>
          <Box>{words.letGoHelp}</Box>
        </Box>
      ) : null}
      <Hold
        className="sos__button"
        // On the web the content itself is what is read; WeChat reads only the label.
        label={process.env.TARO_ENV === 'h5' ? undefined : `${what} ${words.holdHelp} ${words.orTap}`}
        onStart={start}
        onStop={stop}
        onTap={tap}
      >
        <Icon shape="siren" colour="white" />
        <Words className="sos__what">{what}</Words>
        <Words className="sos__how">{words.holdHelp}</Words>
        <Words className="visually-hidden">{words.orTap}</Words>
      </Hold>
    </>
  );
}
