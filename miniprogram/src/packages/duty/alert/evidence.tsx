import type { PressEvidence } from '../../../../../shared/contracts/alerts.ts';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';

/** A clock that is off by less needs no word. In ms. */
const CLOCK_OFF_MS = 60_000;

/** What each press brought with it, also what could not be read. */
export function Evidence({ evidence }: { readonly evidence: readonly PressEvidence[] }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  if (evidence.length === 0) return null;
  return (
    <Section title={`${duty.alert.evidence} · ${duty.alert.times(evidence.length)}`}>
      <Box role="list" label={duty.alert.evidence} className="timeline">
        {evidence.map((press, place) => {
          const off = press.pressedAt === undefined ? 0 : Date.parse(press.pressedAt) - Date.parse(press.at);
          const facts = [
            duty.sources[press.source],
            say.actor(press.by),
            ...(press.deviceId === undefined ? [] : [duty.board.device(press.deviceId)]),
            ...(press.reading === undefined ? [] : [say.reading(press.reading)]),
            ...(press.position === undefined ? [] : [say.position(press.position)]),
            ...(Math.abs(off) < CLOCK_OFF_MS ? [] : [duty.alert.clockOff(say.span(Math.abs(off)), off > 0)]),
          ];
          return (
            <Box key={press.pressId} role="listitem" className="timeline__step">
              <Box className="timeline__time">{say.time(press.at)}</Box>
              <Box className="grow">
                <Box className="strong">{duty.alert.press(place + 1)}</Box>
                <Box className="soft">{facts.join(' · ')}</Box>
                {press.note === undefined ? null : <Box>“{press.note}”</Box>}
                {press.unreadable === undefined ? null : (
                  <Box>
                    <Box className="soft">{duty.alert.unreadable}</Box>
                    <Box className="unreadable">{press.unreadable}</Box>
                  </Box>
                )}
              </Box>
            </Box>
          );
        })}
      </Box>
    </Section>
  );
}
