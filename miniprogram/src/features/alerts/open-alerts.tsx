import { useEffect } from 'react';
import type { AlertView } from '../../../../shared/contracts/alerts.ts';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Mark, Notice } from '../../components/notice.tsx';
import { Box, Heading } from '../../components/primitives';
import { useLive } from '../../hooks/use-live.ts';
import { useNow } from '../../hooks/use-now.ts';
import { sos } from '../../services/api.ts';
import { clock } from '../../services/clock.ts';
import { open } from '../../services/pages.ts';
import { sessionStore } from '../../services/session.ts';
import { useStore } from '../../services/store.ts';
import { isClosed, useAlertSays } from './alert-says.ts';

const EVERY_SECONDS = 5;
/** What is over is told for so long, quietly. */
const TOLD_MS = 12 * 60 * 60 * 1000;
/** A press becomes an alert within moments; after this time without one, that alert is over. */
const SURELY_KEPT_MS = 60_000;

/** Presses of this phone are shown on every page until their alert is over. */
function forgetPresses(elderId: string): void {
  for (const press of sos.presses.get()) {
    const ofThisElder = press.elderId === undefined || press.elderId === elderId;
    const isOld = clock.now() - Date.parse(press.pressedAt) > SURELY_KEPT_MS;
    if (press.state === 'received' && ofThisElder && isOld) sos.drop(press.alertId);
  }
}

/** Whether this elder is calling for help now, on the first page of the family; what is over is told below it, quietly. */
export function OpenAlerts({ elder }: { readonly elder: ElderView }) {
  const { words, moment } = useAlertSays();
  const { elderId } = elder;
  const live = useLive('listElderAlerts', { params: { elderId }, query: {} }, EVERY_SECONDS);
  const now = useNow(1);
  const alerts = live.value?.alerts ?? [];
  const last = alerts.find((one) => isClosed(one) && !one.drill);
  const isRecent = last !== undefined && now - Date.parse(last.closedAt ?? last.raisedAt) < TOLD_MS;
  const opened = alerts.filter((one) => !isClosed(one));
  const nothingOpen = live.value !== undefined && opened.length === 0;
  useEffect(() => {
    if (nothingOpen) forgetPresses(elderId);
  }, [nothingOpen, elderId]);
  return (
    <>
      {opened.map((alert) => (
        <OpenAlert key={alert.alertId} alert={alert} name={alert.name ?? elder.name} now={now} />
      ))}
      {opened.length === 0 && isRecent ? (
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
    if (alert.state === 'arrived') return words.home.openArrived;
    if (alert.owner) return words.home.openAnswered(actor(alert.owner));
    return words.home.openCalling(span(alert.waitingSince ?? alert.raisedAt, now));
  };
  const see = () => open('alert', { alertId: alert.alertId });
  // Called off is not over, and no reason to be frightened.
  if (alert.calledOffAt) {
    return (
      <Notice
        tone="waiting"
        title={own ? words.alert.calledOff : words.home.calledOff(name)}
        actions={<Button onTap={see}>{words.home.seeClosed}</Button>}
      >
        {own ? words.alert.calledOffText : words.home.calledOffText}
      </Notice>
    );
  }
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
      <Button icon="forward" onTap={see}>
        {words.home.see}
      </Button>
    </Box>
  );
}
