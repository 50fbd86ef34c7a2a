import type { AlertDetail, AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure, Loading } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useStore } from '../../../services/store.ts';
import { growing, useAlertWords } from '../alert-words.ts';
import { Marks, State } from '../board/alert-row.tsx';
import { NotTaken, useTake } from '../board/take.tsx';
import { mute, mutesStore } from '../watch/alert-watch.ts';
import { isUnanswered } from '../watch/board-state.ts';
import { isMuted } from '../watch/mutes.ts';
import { useWatch } from '../watch/use-watch.ts';
import { useDutyWords } from '../words';
import { Contacts } from './contacts.tsx';
import { Deliveries } from './deliveries.tsx';
import { Evidence } from './evidence.tsx';
import { HealthNotesCard } from './health-notes.tsx';
import { RevokeCaller } from './revoke-caller.tsx';
import { Steps } from './steps.tsx';
import { Timeline } from './timeline.tsx';
import { useAlert } from './use-alert.ts';
import { Where } from './where.tsx';

interface AlertPanelProps {
  readonly alertId: string;
  /** Its row stands beside it, with the button that takes it. */
  readonly onBoard?: boolean;
}

/** One alert: what is known, whom to phone, what to do next, and everything that happened. */
export function AlertPanel({ alertId, onBoard = false }: AlertPanelProps) {
  const { alert, detail, refusal, reload } = useAlert(alertId);
  if (alert === undefined) {
    return refusal === undefined ? <Loading /> : <Failure refusal={refusal} onRetry={reload} />;
  }
  const isClosed = alert.state === 'resolved' || alert.state === 'false-alarm';
  return (
    <Box className="alert-panel">
      {refusal !== undefined && refusal.code !== 'offline' ? <Failure refusal={refusal} onRetry={reload} /> : null}
      <Head alert={alert} isClosed={isClosed} onBoard={onBoard} />
      <Box className="alert-panel__columns">
        <Box>
          {isClosed ? null : <Contacts alert={alert} />}
          <Where alert={alert} />
        </Box>
        <Box>{isClosed ? <What alert={alert} /> : <Steps alert={alert} onDone={reload} />}</Box>
        <Box>
          {isClosed ? null : <What alert={alert} />}
          {isClosed || alert.elderId === undefined ? null : <HealthNotesCard alertId={alertId} />}
          {detail === undefined || isClosed ? null : <RevokeCaller alert={alert} evidence={detail.evidence} />}
          {detail === undefined ? null : <Evidence evidence={detail.evidence} />}
        </Box>
        <Box>
          {detail === undefined ? refusal === undefined ? <Loading cards={2} /> : null : <History detail={detail} />}
        </Box>
      </Box>
    </Box>
  );
}

function History({ detail }: { readonly detail: AlertDetail }) {
  return (
    <>
      <Timeline detail={detail} />
      <Deliveries deliveries={detail.deliveries} />
    </>
  );
}

interface HeadProps {
  readonly alert: AlertView;
  readonly isClosed: boolean;
  readonly onBoard: boolean;
}

/** Who, since when, in which state; and while nobody has answered, the one thing to do. */
function Head({ alert, isClosed, onBoard }: HeadProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const { serverNow } = useWatch();
  const taking = useTake(alert);
  const isMute = isMuted(useStore(mutesStore), alert);
  const name = say.name(alert);
  const waits = isUnanswered(alert);
  return (
    <Box className={`alert-head alert-row--${alert.drill ? 'drill' : alert.state}`}>
      <Box className="row row--apart">
        <Heading level={2} className="alert-head__name">
          {name}
          {alert.age === undefined ? '' : ` · ${duty.board.age(alert.age)}`}
        </Heading>
        {waits ? (
          <Box className="alert-row__wait">{growing(serverNow - Date.parse(alert.waitingSince ?? alert.raisedAt))}</Box>
        ) : null}
      </Box>
      <Marks alert={alert} />
      {alert.name === undefined ? <Box>{duty.board.nobodyText}</Box> : null}
      {isClosed ? (
        <Notice tone="done" title={duty.alert.closedTitle}>
          {[
            duty.states[alert.state],
            ...(alert.outcome === undefined ? [] : [say.outcome(alert.outcome)]),
            ...(alert.closedAt === undefined ? [] : [say.time(alert.closedAt)]),
          ].join(' · ')}
        </Notice>
      ) : (
        <State alert={alert} serverNow={serverNow} />
      )}
      {onBoard ? null : <NotTaken alert={alert} />}
      {waits && !onBoard ? (
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

function What({ alert }: { readonly alert: AlertView }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  return (
    <Section title={duty.alert.what}>
      <Box className="card">
        <Facts
          facts={[
            { name: duty.alert.source, value: duty.sources[alert.source] },
            { name: duty.alert.raisedAt, value: say.time(alert.raisedAt) },
            ...(alert.presses > 1 ? [{ name: duty.alert.presses, value: duty.alert.times(alert.presses) }] : []),
            ...(alert.reading === undefined ? [] : [{ name: duty.alert.reading, value: say.reading(alert.reading) }]),
            ...(alert.note === undefined ? [] : [{ name: duty.alert.note, value: alert.note }]),
            ...(alert.deviceId === undefined ? [] : [{ name: duty.alert.device, value: alert.deviceId }]),
            { name: duty.alert.owner, value: alert.owner === undefined ? duty.alert.noOwner : say.actor(alert.owner) },
          ]}
        />
      </Box>
    </Section>
  );
}
