import { useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { isClosed, useAlertSays } from '../../../features/alerts/alert-says.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { open, usePageParams } from '../../../services/pages.ts';

/** The alerts of one elder, newest first. */
export default function AlertsPage() {
  const words = useWords();
  const { words: says } = useAlertSays();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const query = useRoute('listElderAlerts', { params: { elderId }, query: {} });
  const [earlier, setEarlier] = useState<readonly AlertView[]>([]);
  const [cursor, setCursor] = useState<string | undefined>();
  const [asked, setAsked] = useState(false);
  const paging = useAction();
  const next = asked ? cursor : query.value?.cursor;

  const more = async () => {
    const answer = await paging.run(() => call('listElderAlerts', { params: { elderId }, query: { cursor: next } }));
    if (!answer?.ok) return;
    setEarlier([...earlier, ...answer.value.alerts]);
    setCursor(answer.value.cursor);
    setAsked(true);
  };
  return (
    <PageFrame title={says.history.title(elder.value?.name ?? '')}>
      <QueryStates query={query}>
        {(value) => {
          const alerts = [...value.alerts, ...earlier];
          if (alerts.length === 0) {
            return <Empty icon="siren" title={says.history.none} text={says.history.noneText} />;
          }
          return (
            <Box className="stack">
              {alerts.map((alert) => (
                <AlertCard key={alert.alertId} alert={alert} />
              ))}
              {paging.refusal ? <Failure refusal={paging.refusal} /> : null}
              {next === undefined ? null : (
                <Button onTap={() => void more()} disabled={paging.busy}>
                  {words.more}
                </Button>
              )}
            </Box>
          );
        }}
      </QueryStates>
    </PageFrame>
  );
}

function AlertCard({ alert }: { readonly alert: AlertView }) {
  const { words, moment, span } = useAlertSays();
  const { alertId, state, raisedAt, answeredAt, source, drill, outcome } = alert;
  const what = `${moment(raisedAt)} ${words.alert.sources[source]}`;
  const ended = outcome ? (words.alert.outcomes as Readonly<Record<string, string>>)[outcome] : undefined;
  return (
    <TapCard label={words.history.open(what)} onTap={() => open('alert', { alertId })}>
      <Box className="row row--apart row--wrap">
        <Box className="strong">{moment(raisedAt)}</Box>
        <Box className="row">
          {drill ? <Mark tone="quiet">{words.drill}</Mark> : null}
          <Mark tone={isClosed(alert) ? 'done' : 'waiting'}>{words.history.states[state]}</Mark>
        </Box>
      </Box>
      <Box>{words.alert.sources[source]}</Box>
      <Box className="soft">
        {answeredAt ? words.history.answered(span(raisedAt, answeredAt)) : words.history.notAnswered}
        {ended ? ` · ${ended}` : ''}
      </Box>
    </TapCard>
  );
}
