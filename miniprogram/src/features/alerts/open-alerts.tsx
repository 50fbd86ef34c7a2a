import type { AlertView } from '../../../../shared/contracts/alerts.ts';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Mark, Notice } from '../../components/notice.tsx';
import { Box, Heading } from '../../components/primitives';
import { useLive } from '../../hooks/use-live.ts';
import { useNow } from '../../hooks/use-now.ts';
import { open } from '../../services/pages.ts';
import { sessionStore } from '../../services/session.ts';
import { useStore } from '../../services/store.ts';
import { isClosed, useAlertSays } from './alert-says.ts';

const EVERY_SECONDS = 5;
/** What is over is told for so long, quietly. */
const TOLD_MS = 12 * 60 * 60 * 1000;

/** Whether this elder is calling for help now, on the first page of the family; what is over is told below it, quietly. */
export function OpenAlerts({ elder }: { readonly elder: ElderView }) {
  const { words, moment } = useAlertSays();
  const { elderId } = elder;
  const live = useLive('listElderAlerts', { params: { elderId }, query: {} }, EVERY_SECONDS);
  const now = useNow(1);
  const alerts = live.value?.alerts ?? [];
  const last = alerts.find((one) => isClosed(one) && !one.drill);
  const isRecent = last !== undefined && now - Date.parse(last.closedAt ?? last.raisedAt) < TOLD_MS;
  const inThe = alerts.filter((one) => !isClosed(one));
  return (
    <>
      {inThe.map((alert) => (
        <OpenAlert key={alert.alertId} alert={alert} name={alert.name ?? elder.name} now={now} />
      ))}
      {inThe.length === 0 && isRecent ? (
        <Notice
          tone="done"
          title={
            last.state === 'resolved'
              ? words.home.closed(elder.name, moment(last.raisedAt))
              : words.home.closedFalse(elder.name, moment(last.raisedAt))
          }
          actions={<Button onTap={() => open('alert', { alertId: last.alertId })}>{words.home.seeClosed}</Button>}
        />
      ) : null}
    </>
  );
}

interface OpenAlertProps {
  readonly alert: AlertView;
  readonly name: string;
  readonly now: number;
}

function OpenAlert({ alert, name, now }: OpenAlertProps) {
  const { words, actor, span } = useAlertSays();
  const own = useStore(sessionStore)?.person.role === 'elder';
  const title = own ? words.alert.mine : words.home.open(name);
  const text = () => {
    if (alert.calledOffAt) return words.alert.calledOff;
    if (alert.state === 'arrived') return words.home.openArrived;
    if (alert.owner) return words.home.openAnswered(actor(alert.owner));
    return words.home.openCalling(span(alert.waitingSince ?? alert.raisedAt, now));
  };
  return (
    <Box role="region" label={title} className="sos-banner stack">
      <Box role="alert" className="row">
        <Icon shape="siren" colour="white" className="icon--large" />
        <Heading level={2} className="grow lead">
          {title}
        </Heading>
        {alert.drill ? <Mark tone="quiet">{words.drill}</Mark> : null}
      </Box>
      <Box>{text()}</Box>
      <Button icon="forward" onTap={() => open('alert', { alertId: alert.alertId })}>
        {words.home.see}
      </Button>
    </Box>
  );
}
