import { useState } from 'react';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { readDate } from '../dates.ts';
import { useStaffWords } from '../words';

interface DeathProps {
  readonly elder: ElderView;
  readonly onChange: (elder: ElderView) => void;
}

/** Writes down that the elder died, or takes a mistaken entry back. Both are asked once more, in words. */
export function Death({ elder, onChange }: DeathProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const action = useAction();
  const [step, setStep] = useState<'closed' | 'typing' | 'asking'>('closed');
  const [day, setDay] = useState<string>(today);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | undefined>();
  const { elderId, name, diedOn } = elder;
  const date = readDate(day);

  const save = async () => {
    const text = reason.trim();
    const answer = await action.run(() =>
      outbox.submit({
        id: `death-${elderId}`,
        name: 'recordDeath',
        input: {
          params: { elderId },
          body: { diedOn: diedOn === null ? (date ?? null) : null, ...(text === '' ? {} : { reason: text }) },
        },
        what: `${name} ${diedOn === null ? staff.death.record : staff.death.takeBack}`,
      }),
    );
    setStep('closed');
    if (answer?.ok) onChange(answer.value);
  };
  const next = () => {
    const lack =
      diedOn !== null
        ? reason.trim() === ''
          ? staff.death.reasonWrong
          : undefined
        : date === undefined || date > today()
          ? staff.death.dayWrong
          : undefined;
    setWrong(lack);
    if (lack === undefined) setStep('asking');
  };

  return (
    <Box className="stack">
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      {diedOn === null ? null : (
        <Notice tone="info" title={words.home.died(say.fullDate(diedOn))}>
          {staff.death.diedText}
        </Notice>
      )}
      {step === 'closed' ? (
        <Button look="quiet" onTap={() => setStep('typing')}>
          {diedOn === null ? staff.death.record : staff.death.takeBack}
        </Button>
      ) : step === 'asking' ? (
        <Ask
          title={diedOn === null ? staff.death.askTitle(name) : staff.death.backTitle(name)}
          text={diedOn === null ? staff.death.askText(say.fullDate(date ?? today())) : staff.death.backText}
          yes={diedOn === null ? staff.death.yes : staff.death.backYes}
          no={staff.death.no}
          onYes={() => void save()}
          onNo={() => setStep('closed')}
          busy={action.busy}
        />
      ) : (
        <Box className="card stack">
          {diedOn === null ? (
            <TextField
              id="died-on"
              label={staff.death.day}
              help={staff.dateHelp}
              wrong={wrong}
              value={day}
              onChange={setDay}
            />
          ) : (
            <TextField
              id="back-reason"
              label={staff.death.reason}
              wrong={wrong}
              maxLength={200}
              value={reason}
              onChange={setReason}
            />
          )}
          <Button onTap={next}>{staff.next}</Button>
          <Button look="quiet" onTap={() => setStep('closed')}>
            {staff.death.no}
          </Button>
        </Box>
      )}
    </Box>
  );
}
