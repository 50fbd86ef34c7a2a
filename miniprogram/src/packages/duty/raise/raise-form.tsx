import { useState } from 'react';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { ageOn } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useWords } from '../../../i18n';
import { sos } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { restartAt } from '../../../services/pages.ts';
import type { SosPress } from '../../../services/sos.ts';
import { useStore } from '../../../services/store.ts';
import { useDutyWords } from '../words';

interface RaiseFormProps {
  /** Left out where nobody knows who it is. */
  readonly elder?: ElderView;
  readonly onOther: () => void;
}

/**
 * Raises the alert on the emergency button's own way out: kept on this device, and sent until the server says yes. What happened
 * may be said, but nothing need be where the elder is known.
 */
export function RaiseForm({ elder, onOther }: RaiseFormProps) {
  const words = useWords();
  const duty = useDutyWords();
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  const [alertId, setAlertId] = useState<string | undefined>();
  const press = useStore(sos.presses).find((one) => one.alertId === alertId);

  const send = () => {
    const text = note.trim();
    const isLacking = elder === undefined && text === '';
    setWrong(isLacking);
    if (isLacking) return;
    const made = sos.raise({
      source: 'staff-call',
      ...(elder === undefined ? {} : { elderId: elder.elderId, name: elder.name }),
      ...(text === '' ? {} : { note: text }),
    });
    setAlertId(made?.alertId);
  };

  if (press !== undefined) return <Sent press={press} onOther={onOther} />;
  return (
    <Box className="card stack">
      <Heading level={2} className="lead">
        {elder === undefined ? duty.raise.forUnknown : duty.raise.for(elder.name)}
      </Heading>
      {elder === undefined ? null : (
        <Box>
          {words.home.age(ageOn(elder.birthDate, today()))} · {elder.address} · {elder.phone ?? words.elder.noPhone}
        </Box>
      )}
      {elder !== undefined && elder.diedOn !== null ? <Notice tone="waiting" title={duty.raise.died} /> : null}
      <TextField
        id="raise-note"
        label={elder === undefined ? duty.raise.note : `${duty.raise.note}（${words.optional}）`}
        help={elder === undefined ? duty.raise.noteUnknownHelp : duty.raise.noteHelp}
        maxLength={200}
        value={note}
        wrong={wrong ? duty.raise.noteWrong : undefined}
        onChange={setNote}
      />
      <Box className="desk-buttons">
        <Button look="main" icon="bell" onTap={send}>
          {duty.raise.send}
        </Button>
        <Button look="quiet" onTap={onOther}>
          {duty.raise.other}
        </Button>
      </Box>
    </Box>
  );
}

/** How the call for help stands: on its way, heard, or not yet through and what to do meanwhile. */
function Sent({ press, onOther }: { readonly press: SosPress; readonly onOther: () => void }) {
  const duty = useDutyWords();
  const isHeard = press.state === 'received';
  const isOnItsWay = press.state === 'sending';
  return (
    <Notice
      urgent
      tone={isHeard ? 'done' : isOnItsWay ? 'info' : 'waiting'}
      title={isHeard ? duty.raise.sent : isOnItsWay ? duty.raise.sending : duty.raise.failed}
      actions={
        <Box className="desk-buttons">
          {isHeard ? (
            <Button look="main" icon="bell" onTap={() => restartAt('board')}>
              {duty.raise.toBoard}
            </Button>
          ) : isOnItsWay ? null : (
            <Button look="main" icon="bell" onTap={sos.flush}>
              {duty.raise.again}
            </Button>
          )}
          <Button onTap={onOther}>{duty.raise.other}</Button>
        </Box>
      }
    >
      {isHeard
        ? duty.raise.sentText
        : isOnItsWay
          ? undefined
          : press.state === 'refused'
            ? duty.raise.refusedText
            : duty.raise.failedText}
    </Notice>
  );
}
