import { useState } from 'react';
import type { Device } from '../../../../../shared/contracts/circle.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';
import { DeviceElder } from './device-elder.tsx';

/** Below so many percent a battery is told to be low. */
const LOW_PERCENT = 20;

interface DeviceCardProps {
  readonly device: Device;
  /** ms since 1970. */
  readonly now: number;
  readonly mayChange: boolean;
  readonly onChange: (device: Device) => void;
}

/** One device: whether it is heard, where it hangs, and what can be done. */
export function DeviceCard({ device, now, mayChange, onChange }: DeviceCardProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const action = useAction();
  const [seen, setSeen] = useState(false);
  const [asking, setAsking] = useState(false);
  const { deviceId, elderId, batteryPercent, lastHeardAt, silentSince, testUntil } = device;
  const kind = duty.deviceKinds[device.kind];
  const name = device.place === undefined ? kind : `${kind} · ${device.place}`;
  const isRevoked = device.revokedAt !== undefined;
  const testLeft = testUntil === undefined ? 0 : Date.parse(testUntil) - now;
  const test = async () => {
    const answer = await action.run(() => call('testDevice', { params: { deviceId } }));
    if (answer?.ok) onChange(answer.value);
  };
  const revoke = async () => {
    const answer = await action.run(() => call('revokeDevice', { params: { deviceId } }));
    setAsking(false);
    if (answer?.ok) onChange(answer.value);
  };
  return (
    <Box role="listitem" label={name} className="card stack">
      <Box>
        <Heading level={2} className="lead">
          {name}
        </Heading>
        <Box className="alert-marks">
          {isRevoked ? <Mark tone="quiet">{duty.devices.revoked}</Mark> : null}
          {!isRevoked && silentSince !== undefined ? (
            <Mark tone="waiting">{duty.devices.silentFor(say.span(now - Date.parse(silentSince)))}</Mark>
          ) : null}
          {batteryPercent !== undefined && batteryPercent < LOW_PERCENT && !isRevoked ? (
            <Mark tone="waiting">{duty.devices.low}</Mark>
          ) : null}
          {testLeft > 0 ? <Mark tone="info">{duty.devices.testing(say.span(testLeft))}</Mark> : null}
        </Box>
      </Box>
      <Box>
        <Box>{elderId === undefined ? duty.devices.ofPlace : duty.devices.ofElder}</Box>
        <Box>
          {lastHeardAt === undefined ? duty.devices.neverHeard : duty.devices.heard(say.time(lastHeardAt))}
          {batteryPercent === undefined ? '' : ` · ${duty.devices.battery(batteryPercent)}`}
        </Box>
        <Box className="soft small">
          {say.area(device.area)}
          {device.serial === undefined ? '' : ` · ${duty.devices.serial(device.serial)}`}
        </Box>
      </Box>
      {elderId === undefined || !seen ? null : <DeviceElder elderId={elderId} />}
      {action.refusal ? <Failure refusal={action.refusal} title={duty.devices.failed} /> : null}
      {asking ? (
        <Ask
          title={duty.devices.revokeTitle}
          text={duty.devices.revokeText}
          yes={duty.devices.revokeYes}
          no={duty.alert.cancel}
          onYes={() => void revoke()}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Box className="desk-buttons">
          {elderId !== undefined && !seen ? (
            <Button onTap={() => setSeen(true)} label={`${duty.devices.seeElder}：${name}`}>
              {duty.devices.seeElder}
            </Button>
          ) : null}
          {isRevoked ? null : (
            <Button onTap={() => void test()} disabled={action.busy} label={`${duty.devices.test}：${name}`}>
              {duty.devices.test}
            </Button>
          )}
          {isRevoked || !mayChange ? null : (
            <Button
              look="quiet"
              onTap={() => setAsking(true)}
              disabled={action.busy}
              label={`${duty.devices.revoke}：${name}`}
            >
              {duty.devices.revoke}
            </Button>
          )}
        </Box>
      )}
    </Box>
  );
}
