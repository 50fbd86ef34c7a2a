import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Mark, type Tone } from '../../../components/notice.tsx';
import { Box, Tap, Words } from '../../../components/primitives';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { growing, useAlertWords } from '../alert-words.ts';
import { mute, mutesStore } from '../watch/alert-watch.ts';
import { isUnanswered } from '../watch/board-state.ts';
import { isMuted } from '../watch/mutes.ts';
import { useDutyWords } from '../words';
import { NotTaken, useTake } from './take.tsx';

export const STATE_TONE = {
  calling: 'waiting',
  acknowledged: 'info',
  arrived: 'done',
  resolved: 'quiet',
  'false-alarm': 'quiet',
} as const satisfies Record<AlertView['state'], Tone | 'quiet'>;

export const rowId = (alertId: string): string => `alert-row-${alertId}`;

interface AlertRowProps {
  readonly alert: AlertView;
  /** By the server's clock, ms since 1970. */
  readonly serverNow: number;
  readonly selected: boolean;
  readonly onOpen: () => void;
}

/** One alert on the board: the state in a colour and in words, the time that somebody waits, and the one thing to do. */
export function AlertRow({ alert, serverNow, selected, onOpen }: AlertRowProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const taking = useTake(alert, onOpen);
  const isMute = isMuted(useStore(mutesStore), alert);
  const name = say.name(alert);
  const waits = isUnanswered(alert);
  const waited = serverNow - Date.parse(alert.waitingSince ?? alert.raisedAt);
  const place =
    alert.address ??
    (alert.position ? say.position(alert.position) : alert.area === '' ? duty.alert.noAddress : say.area(alert.area));
  const look = alert.drill ? 'drill' : alert.state;
  return (
    <Box
      role="listitem"
      label={name}
      className={`alert-row alert-row--${look}${selected ? ' alert-row--selected' : ''}`}
    >
      <Tap
        id={rowId(alert.alertId)}
        className="alert-row__open"
        current={selected}
        onTap={onOpen}
        label={
          // On the web the content itself is what is read; WeChat reads only the label.
          process.env.TARO_ENV === 'h5'
            ? undefined
            : duty.board.openOf(name, duty.states[alert.state], waits ? duty.board.waited(say.span(waited)) : '')
        }
      >
        <Box className="row row--apart">
          <Box className="grow">
            <Box className="alert-row__name">
              {name}
              {alert.age === undefined ? null : <Words className="alert-row__age"> {duty.board.age(alert.age)}</Words>}
            </Box>
            <Marks alert={alert} />
          </Box>
          {waits ? <Box className="alert-row__wait">{growing(waited)}</Box> : null}
        </Box>
        <State alert={alert} serverNow={serverNow} />
        <Box className="soft small">
          {[
            duty.sources[alert.source],
            ...(alert.presses > 1 ? [duty.board.presses(alert.presses)] : []),
            ...(alert.name === undefined && alert.deviceId !== undefined ? [duty.board.device(alert.deviceId)] : []),
            ...(alert.reading === undefined ? [] : [say.reading(alert.reading)]),
            say.time(alert.raisedAt),
          ].join(' · ')}
        </Box>
        <Box className="alert-row__place row">
          <Icon shape="place" colour="soft" />
          <Words>{place}</Words>
        </Box>
        {alert.note === undefined ? null : <Box>“{alert.note}”</Box>}
      </Tap>
      <NotTaken alert={alert} />
      {waits ? (
        <Box className="alert-row__do">
          <Button
            look="main"
            onTap={taking.take}
            disabled={taking.busy}
            {...(taking.busy ? {} : { label: duty.board.takeOf(name) })}
          >
            {taking.busy ? duty.board.taking : duty.board.take}
          </Button>
          {isMute ? (
            <Box className="soft small">{duty.board.muted}</Box>
          ) : (
            <Button look="quiet" onTap={() => mute(alert)} label={duty.board.muteOf(name)}>
              {duty.board.mute}
            </Button>
          )}
        </Box>
      ) : null}
    </Box>
  );
}

/** What it is and in which state, each in a word or two. */
export function Marks({ alert }: { readonly alert: AlertView }) {
  const duty = useDutyWords();
  return (
    <Box className="alert-marks">
      {alert.drill ? <Mark tone="quiet">{duty.board.drill}</Mark> : null}
      {isUnanswered(alert) ? (
        <Box className="mark mark--calling">{duty.states.calling}</Box>
      ) : (
        <Mark tone={STATE_TONE[alert.state]}>{duty.states[alert.state]}</Mark>
      )}
      {alert.calledOffAt === undefined ? null : <Mark tone="waiting">{duty.board.calledOff}</Mark>}
      {alert.unverified ? <Mark tone="waiting">{duty.board.unverified}</Mark> : null}
    </Box>
  );
}

const SLOW_MS = 60_000;
const VERY_SLOW_MS = 180_000;

/** How long somebody waits and what comes next, in words; or who has it. */
export function State({ alert, serverNow }: { readonly alert: AlertView; readonly serverNow: number }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const me = useStore(sessionStore)?.person.personId;
  if (isUnanswered(alert)) {
    const waited = serverNow - Date.parse(alert.waitingSince ?? alert.raisedAt);
    const next = alert.nextWaveAt === undefined ? undefined : Date.parse(alert.nextWaveAt) - serverNow;
    return (
      <Box className="alert-row__state">
        <Box className="strong">
          {duty.board.waited(say.span(waited))}
          {waited >= VERY_SLOW_MS ? ` · ${duty.board.over180}` : waited >= SLOW_MS ? ` · ${duty.board.over60}` : ''}
        </Box>
        <Box className="soft small">
          {next === undefined
            ? alert.unverified
              ? alert.doubt === undefined
                ? ''
                : duty.doubts[alert.doubt]
              : duty.board.lastWave
            : next <= 0
              ? duty.board.nextWaveNow(alert.wave + 1)
              : duty.board.nextWave(say.span(next), alert.wave + 1)}
        </Box>
      </Box>
    );
  }
  const left = alert.nextStepBy === undefined ? undefined : Date.parse(alert.nextStepBy) - serverNow;
  return (
    <Box className="alert-row__state">
      {alert.owner === undefined ? null : (
        <Box className="strong">
          {alert.owner.personId !== undefined && alert.owner.personId === me ? `${duty.board.mine} · ` : ''}
          {duty.board.ownedBy(say.actor(alert.owner), alert.answeredAt === undefined ? '' : say.time(alert.answeredAt))}
        </Box>
      )}
      {left === undefined ? null : (
        <Box className="alert-row__due">{left > 0 ? duty.board.reopenIn(say.span(left)) : duty.board.reopenNow}</Box>
      )}
    </Box>
  );
}
