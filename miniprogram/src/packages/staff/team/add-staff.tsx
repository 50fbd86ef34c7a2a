import { useState } from 'react';
import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import { Phone, type StaffMember } from '../../../../../shared/contracts/people.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useStaffWords } from '../words';

type StaffRole = StaffMember['role'];

interface AddStaffProps {
  readonly canteens: readonly CanteenView[];
  readonly onDone: (isAdded: boolean) => void;
}

/** Registers somebody who works in this area; they sign in with their phone. */
export function AddStaff({ canteens, onDone }: AddStaffProps) {
  const words = useWords();
  const staff = useStaffWords();
  const me = useStore(sessionStore)?.person;
  const action = useAction();
  const [personId] = useState(newId);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [role, setRole] = useState<StaffRole>('canteen-staff');
  const [canteenId, setCanteenId] = useState<string | undefined>(canteens[0]?.canteenId);
  const [wrong, setWrong] = useState<'name' | 'phone' | 'place' | undefined>();
  const roles: readonly StaffRole[] =
    me?.role === 'district-staff'
      ? ['canteen-staff', 'community-staff', 'district-staff']
      : ['canteen-staff', 'community-staff'];
  const canteen = canteens.find((one) => one.canteenId === canteenId);
  const isDistrict = me?.role === 'district-staff';
  const area = role === 'district-staff' ? me?.area : isDistrict || role === 'canteen-staff' ? canteen?.area : me?.area;

  const save = async () => {
    const number = phone.replace(/[\s-]/g, '');
    const lack =
      name.trim() === ''
        ? 'name'
        : !Phone.safeParse(number).success
          ? 'phone'
          : area === undefined
            ? 'place'
            : undefined;
    setWrong(lack);
    if (lack !== undefined || area === undefined) return;
    const answer = await action.run(() =>
      call('putStaff', {
        params: { personId },
        body: {
          name: name.trim(),
          phone: number,
          role,
          area,
          ...(role === 'canteen-staff' && canteenId !== undefined ? { canteenId } : {}),
        },
      }),
    );
    if (answer?.ok) onDone(true);
  };

  return (
    <Box role="group" label={staff.team.add} className="card stack">
      {action.refusal ? <Failure refusal={action.refusal} title={staff.notSaved} /> : null}
      {wrong === 'place' ? <Notice urgent tone="waiting" title={staff.noCanteen} /> : null}
      <TextField
        id="staff-name"
        label={staff.name}
        maxLength={40}
        value={name}
        wrong={wrong === 'name' ? staff.edit.wrong.name : undefined}
        onChange={setName}
      />
      <TextField
        id="staff-phone"
        kind="phone"
        label={words.signIn.phone}
        help={staff.team.phoneHelp}
        maxLength={13}
        value={phone}
        wrong={wrong === 'phone' ? words.signIn.phoneWrong : undefined}
        onChange={setPhone}
      />
      <Choice
        grid
        name="role"
        label={staff.team.role}
        value={role}
        onChange={setRole}
        items={roles.map((value) => ({ value, title: words.roles[value] }))}
      />
      {role === 'canteen-staff' || (isDistrict && role === 'community-staff') ? (
        <Choice
          grid
          name="staff-canteen"
          label={words.order.canteen}
          value={canteenId}
          onChange={setCanteenId}
          items={canteens.map((one) => ({
            value: one.canteenId,
            title: role === 'canteen-staff' ? one.name : staff.team.communityOf(one.name),
          }))}
        />
      ) : null}
      <Box className="desk-buttons">
        <Button look="main" onTap={() => void save()} disabled={action.busy}>
          {action.busy ? staff.saving : staff.save}
        </Button>
        <Button look="quiet" onTap={() => onDone(false)} disabled={action.busy}>
          {staff.cancel}
        </Button>
      </Box>
    </Box>
  );
}
