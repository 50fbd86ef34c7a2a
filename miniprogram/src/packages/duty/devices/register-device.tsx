import { useState } from 'react';
import { DEVICE_KINDS, type Device } from '../../../../../shared/contracts/circle.ts';
import type { ElderRow } from '../../../../../shared/contracts/elders.ts';
import { AreaCode, within } from '../../../../../shared/values/areas.ts';
import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { ElderFinder } from '../../staff/people/elder-finder.tsx';
import { ElderLine, useElderWords } from '../../staff/people/elder-row.tsx';
import { useDutyWords } from '../words';
import { TokenOnce } from './token-once.tsx';

type Kind = Device['kind'];
const KINDS: readonly Kind[] = DEVICE_KINDS.filter((kind) => kind !== 'canary');
/** A device of a place is at least as near as a community. */
const PLACE_DIGITS = 12;

interface RegisterDeviceProps {
  readonly onClose: (isRegistered: boolean) => void;
}

/** Registers a device of an elder or of a place, and shows its key: once. */
export function RegisterDevice({ onClose }: RegisterDeviceProps) {
  const words = useWords();
  const duty = useDutyWords();
  const describe = useElderWords();
  const action = useAction();
  const own = useStore(sessionStore)?.person.area ?? '';
  const [deviceId] = useState(newId);
  const [kind, setKind] = useState<Kind | undefined>();
  const [whose, setWhose] = useState<'elder' | 'place'>('elder');
  const [elder, setElder] = useState<ElderRow | undefined>();
  const [area, setArea] = useState(own.length >= PLACE_DIGITS ? own : '');
  const [place, setPlace] = useState('');
  const [serial, setSerial] = useState('');
  const [wrong, setWrong] = useState<'kind' | 'whose' | 'area' | undefined>();
  const [token, setToken] = useState<string | undefined>();

  const save = async () => {
    const code = whose === 'elder' ? elder?.area : area.replace(/\s/g, '');
    const isArea =
      code !== undefined && AreaCode.safeParse(code).success && code.length >= PLACE_DIGITS && within(code, own);
    const lack =
      kind === undefined
        ? 'kind'
        : whose === 'elder' && elder === undefined
          ? 'whose'
          : whose === 'place' && !isArea
            ? 'area'
            : undefined;
    setWrong(lack);
    if (lack !== undefined || kind === undefined || code === undefined) return;
    const answer = await action.run(() =>
      call('registerDevice', {
        params: { deviceId },
        body: {
          kind,
          area: code,
          ...(whose === 'elder' && elder !== undefined ? { elderId: elder.elderId } : {}),
          ...(place.trim() === '' ? {} : { place: place.trim() }),
          ...(serial.trim() === '' ? {} : { serial: serial.trim() }),
        },
      }),
    );
    if (answer?.ok) setToken(answer.value.token);
  };

  if (token !== undefined) return <TokenOnce token={token} onClose={() => onClose(true)} />;
  return (
    <Box role="group" label={duty.devices.register} className="card stack">
      <Heading level={2} className="lead">
        {duty.devices.register}
      </Heading>
      {action.refusal ? <Failure refusal={action.refusal} title={duty.devices.failed} /> : null}
      {wrong === 'kind' ? <Notice urgent tone="waiting" title={duty.devices.kindWrong} /> : null}
      <Choice
        grid
        name="device-kind"
        label={duty.devices.kind}
        value={kind}
        onChange={setKind}
        items={KINDS.map((value) => ({ value, title: duty.deviceKinds[value] }))}
      />
      <Choice
        grid
        name="device-whose"
        label={duty.devices.whose}
        value={whose}
        onChange={setWhose}
        items={[
          { value: 'elder', title: duty.devices.whoseElder },
          { value: 'place', title: duty.devices.whosePlace },
        ]}
      />
      {wrong === 'whose' ? <Notice urgent tone="waiting" title={duty.devices.whoseWrong} /> : null}
      {whose === 'place' ? (
        <TextField
          id="device-area"
          kind="digits"
          label={duty.devices.areaLabel}
          help={duty.devices.areaHelp}
          maxLength={15}
          value={area}
          wrong={wrong === 'area' ? duty.devices.areaWrong : undefined}
          onChange={setArea}
        />
      ) : elder === undefined ? (
        <ElderFinder quiet>
          {(elders) => (
            <Box role="list" label={words.staffTabs.people} className="stack">
              {elders
                .filter(({ diedOn }) => diedOn === null)
                .map((one) => (
                  <Box key={one.elderId} role="listitem">
                    <TapCard label={`${one.name}，${describe(one)}`} onTap={() => setElder(one)}>
                      <ElderLine elder={one} />
                    </TapCard>
                  </Box>
                ))}
            </Box>
          )}
        </ElderFinder>
      ) : (
        <Box className="row row--apart row--wrap">
          <Box className="grow">
            <ElderLine elder={elder} />
          </Box>
          <Box className="desk-bar__button">
            <Button onTap={() => setElder(undefined)}>{duty.raise.other}</Button>
          </Box>
        </Box>
      )}
      <TextField
        id="device-place"
        label={`${duty.devices.place}（${words.optional}）`}
        help={duty.devices.placeHelp}
        maxLength={40}
        value={place}
        onChange={setPlace}
      />
      <TextField
        id="device-serial"
        label={`${duty.devices.serialLabel}（${words.optional}）`}
        help={duty.devices.serialHelp}
        maxLength={60}
        value={serial}
        onChange={setSerial}
      />
      <Box className="desk-buttons">
        <Button look="main" onTap={() => void save()} disabled={action.busy}>
          {action.busy ? duty.devices.saving : duty.devices.save}
        </Button>
        <Button look="quiet" onTap={() => onClose(false)} disabled={action.busy}>
          {duty.alert.cancel}
        </Button>
      </Box>
    </Box>
  );
}
