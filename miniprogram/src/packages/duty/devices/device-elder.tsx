import { Button } from '../../../components/button.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { open } from '../../../services/pages.ts';
import { callPhone } from '../../../services/phone.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useDutyWords } from '../words';

/** Roles that have the page of a person. */
const PERSON_ROLES: readonly string[] = ['community-staff', 'district-staff'];

/** Whose device it is, and how to reach them: asked for only when somebody wants to know. */
export function DeviceElder({ elderId }: { readonly elderId: string }) {
  const words = useWords();
  const duty = useDutyWords();
  const role = useStore(sessionStore)?.person.role;
  const query = useRoute('getElder', { params: { elderId } });
  return (
    <QueryStates query={query} cards={1}>
      {({ name, address, phone }) => (
        <Box className="stack">
          <Box>
            <Box className="strong">{name}</Box>
            <Box>{address}</Box>
            <Box>{phone ?? words.elder.noPhone}</Box>
          </Box>
          <Box className="desk-buttons">
            {phone === undefined ? null : (
              <Button icon="phone" onTap={() => callPhone(phone)} label={duty.alert.call(name, phone)}>
                {duty.call}
              </Button>
            )}
            {role !== undefined && PERSON_ROLES.includes(role) ? (
              <Button onTap={() => open('person', { elderId })}>{duty.devices.toPerson}</Button>
            ) : null}
          </Box>
        </Box>
      )}
    </QueryStates>
  );
}
