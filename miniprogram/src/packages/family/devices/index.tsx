import { useState } from 'react';
import type { Device } from '../../../../../shared/contracts/circle.ts';
import { timeInChina } from '../../../../../shared/values/dates.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Mark, Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useAlertSays } from '../../../features/alerts/alert-says.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useCircleWords } from '../../../i18n/circle';
import { call } from '../../../services/api.ts';
import { usePageParams } from '../../../services/pages.ts';

/** Below this a battery is told in words, percent. */
const LOW_BATTERY = 20;
const JUST_NOW_MS = 60_000;

/** The devices of an elder: where each is, when it was last heard, whether it has power, and a way to try it. */
export default function DevicesPage() {
  const { devices: words } = useCircleWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const query = useRoute('listElderDevices', { params: { elderId } });
  return (
    <PageFrame title={words.title} lead={elder.value ? words.lead(elder.value.name) : undefined}>
      <QueryStates query={query}>
        {({ devices }) =>
          devices.length === 0 ? (
            <Empty icon="bell" title={words.none} text={words.noneText} />
          ) : (
            <Box className="stack">
              {devices.map((device) => (
                <DeviceCard
                  key={device.deviceId}
                  device={device}
                  onChange={(next) =>
                    query.put({ devices: devices.map((one) => (one.deviceId === next.deviceId ? next : one)) })
                  }
                />
              ))}
            </Box>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

interface DeviceCardProps {
  readonly device: Device;
  readonly onChange: (device: Device) => void;
}

function DeviceCard({ device, onChange }: DeviceCardProps) {
  const { devices: words } = useCircleWords();
  const now = useNow(10);
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const { deviceId, kind, silentSince, revokedAt, testUntil, lastHeardAt } = device;
  const isTesting = testUntil !== undefined && Date.parse(testUntil) > now;

  const test = async () => {
    const answer = await action.run(() => call('testDevice', { params: { deviceId } }));
    setAsking(false);
    if (answer?.ok) onChange(answer.value);
  };
  const state = () => {
    if (revokedAt) return <Mark tone="quiet">{words.revoked}</Mark>;
    if (silentSince) return <Mark tone="waiting">{words.silent}</Mark>;
    return lastHeardAt ? <Mark tone="done">{words.working}</Mark> : <Mark tone="info">{words.waiting}</Mark>;
  };

  return (
    <Box role="group" label={words.kinds[kind]} className="card stack">
      <Box className="row row--apart row--wrap">
        <Heading level={2} className="lead">
          {words.kinds[kind]}
        </Heading>
        {state()}
      </Box>
      {silentSince && !revokedAt ? (
        <Notice tone="waiting" title={words.silent}>
          {words.silentText}
        </Notice>
      ) : null}
      <DeviceFacts device={device} now={now} />
      {action.refusal ? <Failure refusal={action.refusal} title={words.testFailed} /> : null}
      {isTesting ? <Notice tone="info" title={words.testing(timeInChina(testUntil))} /> : null}
      {revokedAt || isTesting ? null : asking ? (
        <Ask
          title={words.testTitle}
          text={words.testText}
          yes={words.testYes}
          no={words.testNo}
          onYes={() => void test()}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Button onTap={() => setAsking(true)}>{words.testOf(words.kinds[kind])}</Button>
      )}
    </Box>
  );
}

function DeviceFacts({ device, now }: { readonly device: Device; readonly now: number }) {
  const { devices: words } = useCircleWords();
  const { span } = useAlertSays();
  const { place, lastHeardAt, batteryPercent, serial } = device;
  const heard = () => {
    if (lastHeardAt === undefined) return words.never;
    return now - Date.parse(lastHeardAt) < JUST_NOW_MS ? words.heardNow : words.heardAgo(span(lastHeardAt, now));
  };
  const battery = (percent: number) => (percent < LOW_BATTERY ? words.batteryLow(percent) : words.batteryOf(percent));
  return (
    <Facts
      facts={[
        ...(place === undefined ? [] : [{ name: words.place, value: place }]),
        { name: words.heard, value: heard() },
        ...(batteryPercent === undefined ? [] : [{ name: words.battery, value: battery(batteryPercent) }]),
        ...(serial === undefined ? [] : [{ name: words.number, value: serial }]),
      ]}
    />
  );
}
