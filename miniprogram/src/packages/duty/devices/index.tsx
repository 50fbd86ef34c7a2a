import { useState } from 'react';
import type { Device } from '../../../../../shared/contracts/circle.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, Loading } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useNow } from '../../../hooks/use-now.ts';
import { call } from '../../../services/api.ts';
import type { Answer } from '../../../services/client.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { tabsOf } from '../../../services/tabs.ts';
import { usePages } from '../use-pages.ts';
import { useDutyWords } from '../words';
import { DeviceCard } from './device-card.tsx';
import { RegisterDevice } from './register-device.tsx';
import '../../staff/staff.css';
import '../duty.css';

type Show = 'silent' | 'all';
type Page = { items: readonly Device[]; cursor?: string | undefined };

/** Silent ones first, longest silent at the top; then by when each was last heard, revoked ones last. */
function bySilence(a: Device, b: Device): number {
  const rank = ({ revokedAt, silentSince }: Device) =>
    revokedAt !== undefined ? 2 : silentSince !== undefined ? 0 : 1;
  const since = ({ silentSince, lastHeardAt, registeredAt }: Device) => silentSince ?? lastHeardAt ?? registeredAt;
  return rank(a) - rank(b) || (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0);
}

/** The devices of an area: those that fell silent first, because nobody would hear them. */
export default function DevicesPage() {
  const duty = useDutyWords();
  const person = useStore(sessionStore)?.person;
  const area = person?.area ?? '';
  const now = useNow(30);
  const [show, setShow] = useState<Show>('silent');
  const [registering, setRegistering] = useState(false);
  const devices = usePages<Device>(`${area} ${show}`, async (cursor): Promise<Answer<Page>> => {
    const answer = await call('listDevices', {
      params: { area },
      query: { ...(show === 'silent' ? { silent: 'true' as const } : {}), ...(cursor === undefined ? {} : { cursor }) },
    });
    return answer.ok ? { ...answer, value: { items: answer.value.devices, cursor: answer.value.cursor } } : answer;
  });
  const sorted = [...devices.items].sort(bySilence);
  const put = (device: Device) =>
    devices.change(devices.items.map((one) => (one.deviceId === device.deviceId ? device : one)));
  const isTab = person !== undefined && tabsOf(person.role).some(({ page }) => page === 'devices');
  const mayChange = person?.role !== 'grid-worker';
  const isLoaded = !devices.loading && devices.refusal === undefined;
  return (
    <PageFrame
      desk
      title={duty.devices.title}
      lead={
        show === 'silent' && isLoaded && devices.more === undefined ? duty.devices.silentLead(sorted.length) : undefined
      }
      {...(isTab ? { tab: 'devices' as const } : {})}
    >
      {registering ? (
        <RegisterDevice
          onClose={(isRegistered) => {
            setRegistering(false);
            if (isRegistered) devices.reload();
          }}
        />
      ) : mayChange ? (
        <Box className="desk-buttons">
          <Button look="main" onTap={() => setRegistering(true)}>
            {duty.devices.register}
          </Button>
        </Box>
      ) : null}
      <Box className="section desk-chips">
        <Choice
          grid
          name="show-devices"
          label={duty.devices.show}
          value={show}
          onChange={setShow}
          items={(['silent', 'all'] as const).map((value) => ({ value, title: duty.devices[value] }))}
        />
      </Box>
      {devices.refusal ? <Failure refusal={devices.refusal} onRetry={devices.reload} /> : null}
      {sorted.length === 0 ? null : (
        <Box role="list" label={duty.devices.title} className="desk-cards">
          {sorted.map((device) => (
            <DeviceCard key={device.deviceId} device={device} now={now} mayChange={mayChange} onChange={put} />
          ))}
        </Box>
      )}
      {devices.loading ? <Loading cards={sorted.length === 0 ? 3 : 1} /> : null}
      {isLoaded && sorted.length === 0 ? (
        show === 'silent' ? (
          <Empty icon="circleCheck" title={duty.devices.noSilent} text={duty.devices.noSilentText} />
        ) : (
          <Empty icon="bell" title={duty.devices.none} text={duty.devices.noneText} />
        )
      ) : null}
      {devices.more ? <Button onTap={devices.more}>{duty.devices.more}</Button> : null}
    </PageFrame>
  );
}
