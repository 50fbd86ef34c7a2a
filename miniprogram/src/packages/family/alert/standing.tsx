import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Icon } from '../../../components/icon.tsx';
import type { Shape } from '../../../components/icon-shapes.ts';
import { Box, Heading } from '../../../components/primitives';
import { useAlertSays } from '../../../features/alerts/alert-says.ts';

interface StandingProps {
  readonly alert: AlertView;
  /** The server's clock, milliseconds. */
  readonly now: number;
  readonly ownElder: boolean;
}

interface Told {
  readonly tone: 'calling' | 'answered' | 'over';
  readonly icon: Shape;
  readonly title: string;
  readonly texts: readonly string[];
}

function useStanding({ alert, now, ownElder }: StandingProps): Told {
  const { words, actor, moment, span, secondsUntil } = useAlertSays();
  const says = words.alert;
  const who = alert.owner ? actor(alert.owner) : undefined;
  const outcome = alert.outcome ? (says.outcomes as Readonly<Record<string, string>>)[alert.outcome] : undefined;
  const ended = says.closedText(moment(alert.closedAt ?? alert.raisedAt));
  switch (alert.state) {
    case 'resolved':
      return { tone: 'over', icon: 'circleCheck', title: says.resolved, texts: [...(outcome ? [outcome] : []), ended] };
    case 'false-alarm':
      return { tone: 'over', icon: 'circleCheck', title: says.falseAlarm, texts: [ended] };
    case 'arrived':
      return {
        tone: 'answered',
        icon: 'circleCheck',
        title: who ? says.arrived(who) : says.arrivedNobody,
        texts: [says.arrivedText],
      };
    case 'acknowledged': {
      const after = span(alert.raisedAt, alert.answeredAt ?? alert.raisedAt);
      return {
        tone: 'answered',
        icon: 'circleCheck',
        title: says.acknowledged(who ?? words.somebody),
        texts: [ownElder ? says.acknowledgedText(after) : says.acknowledgedFamily(after)],
      };
    }
    case 'calling': {
      if (alert.calledOffAt) {
        return { tone: 'answered', icon: 'phone', title: says.calledOff, texts: [says.calledOffText] };
      }
      const next = alert.nextWaveAt === undefined ? 0 : secondsUntil(alert.nextWaveAt, now);
      return {
        tone: 'calling',
        icon: 'siren',
        title: says.calling,
        texts: [
          says.waited(span(alert.waitingSince ?? alert.raisedAt, now)),
          alert.wave === 0 ? says.starting : says.callingText,
          ...(next > 0 ? [says.nextWave(words.span(next))] : []),
        ],
      };
    }
  }
}

/** The one thing that matters: whether somebody is coming, and how long it has taken so far. */
export function Standing(props: StandingProps) {
  const { alert, ownElder } = props;
  const { words } = useAlertSays();
  const { tone, icon, title, texts } = useStanding(props);
  const [first, ...others] = texts;
  return (
    <Box className={`card stack sos-card${tone === 'calling' ? '' : ' sos-card--received'}`}>
      {/* Read out when it changes; the time that grows beside it is not. */}
      <Box role="status" className="row">
        <Icon shape={icon} colour={tone === 'calling' ? 'cinnabar' : 'leaf'} className="icon--large" />
        <Heading level={2} className="grow lead">
          {title}
        </Heading>
      </Box>
      {first === undefined ? null : <Box className={tone === 'calling' ? 'sos-waited' : ''}>{first}</Box>}
      {others.map((text) => (
        <Box key={text}>{text}</Box>
      ))}
      {alert.unverified ? <Box className="soft">{words.alert.unverified}</Box> : null}
      {alert.address && !ownElder ? (
        <Box className="soft">
          {words.alert.where}
          {words.colon}
          {alert.address}
        </Box>
      ) : null}
      {ownElder ? null : (
        <Box className="soft">
          {words.alert.sources[alert.source]}
          {alert.presses > 1 ? ` · ${words.alert.presses(alert.presses)}` : ''}
        </Box>
      )}
      {alert.note ? <Box>“{alert.note}”</Box> : null}
    </Box>
  );
}
