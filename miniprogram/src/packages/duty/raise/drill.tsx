import { useState } from 'react';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { restartAt } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useDutyWords } from '../words';

/** A drill for this elder: the whole way, marked as a drill throughout. Grid workers start none. */
export function Drill({ elder }: { readonly elder: ElderView }) {
  const duty = useDutyWords();
  const action = useAction();
  const role = useStore(sessionStore)?.person.role;
  const [alertId] = useState(newId);
  const [asking, setAsking] = useState(false);
  const [isSent, setSent] = useState(false);
  if (role === 'grid-worker') return null;
  const start = async () => {
    const answer = await action.run(() =>
      call('startDrill', { params: { elderId: elder.elderId }, body: { alertId } }),
    );
    setAsking(false);
    if (answer?.ok) setSent(true);
  };
  return (
    <Section title={duty.raise.drill}>
      {action.refusal ? <Failure refusal={action.refusal} /> : null}
      {isSent ? (
        <Notice
          tone="done"
          title={duty.raise.drillSent}
          actions={<Button onTap={() => restartAt('board')}>{duty.raise.toBoard}</Button>}
        >
          {duty.raise.drillSentText}
        </Notice>
      ) : asking ? (
        <Ask
          title={duty.raise.drill}
          text={duty.raise.drillText}
          yes={duty.raise.drillYes}
          no={duty.alert.cancel}
          onYes={() => void start()}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Box className="stack">
          <Box className="soft">{duty.raise.drillText}</Box>
          <Box className="desk-buttons">
            <Button onTap={() => setAsking(true)}>{duty.raise.drill}</Button>
          </Box>
        </Box>
      )}
    </Section>
  );
}
