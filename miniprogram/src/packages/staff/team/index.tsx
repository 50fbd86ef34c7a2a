import { useState } from 'react';
import type { Person } from '../../../../../shared/contracts/people.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { callPhone } from '../../../services/phone.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useCanteens } from '../place/use-canteens.ts';
import { useStaffWords } from '../words';
import { AddStaff } from './add-staff.tsx';
import '../staff.css';

/** Who works here: add somebody, remove somebody. */
export default function TeamPage() {
  const staff = useStaffWords();
  const me = useStore(sessionStore)?.person;
  const query = useRoute('listStaff', me?.area === undefined ? null : { params: { area: me.area } });
  const { canteens } = useCanteens();
  const [adding, setAdding] = useState(false);
  const placeOf = ({ role, area, canteenId }: Person): string => {
    if (role === 'district-staff') return staff.team.district;
    const canteen = canteens.find((one) => (canteenId === undefined ? one.area === area : one.canteenId === canteenId));
    if (canteen === undefined) return staff.team.area(area ?? '');
    return canteenId === undefined ? staff.team.communityOf(canteen.name) : canteen.name;
  };
  return (
    <PageFrame desk title={staff.team.title} lead={staff.team.lead}>
      {adding ? (
        <AddStaff
          canteens={canteens}
          onDone={(isAdded) => {
            setAdding(false);
            if (isAdded) query.reload();
          }}
        />
      ) : (
        <Box className="desk-buttons">
          <Button look="main" icon="person" onTap={() => setAdding(true)}>
            {staff.team.add}
          </Button>
        </Box>
      )}
      <Box className="section">
        <QueryStates query={query}>
          {({ staff: people }) =>
            people.length === 0 ? (
              <Empty icon="people" title={staff.team.none} text={staff.team.lead} />
            ) : (
              <Box role="list" label={staff.team.title} className="desk-cards">
                {people.map((person) => (
                  <Member
                    key={person.personId}
                    person={person}
                    place={placeOf(person)}
                    isMe={person.personId === me?.personId}
                    onGone={query.reload}
                  />
                ))}
              </Box>
            )
          }
        </QueryStates>
      </Box>
    </PageFrame>
  );
}

interface MemberProps {
  readonly person: Person;
  readonly place: string;
  readonly isMe: boolean;
  readonly onGone: () => void;
}

function Member({ person, place, isMe, onGone }: MemberProps) {
  const words = useWords();
  const staff = useStaffWords();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const { personId, phone } = person;
  const remove = async () => {
    const answer = await action.run(() => call('removeStaff', { params: { personId } }));
    setAsking(false);
    if (answer?.ok) onGone();
  };
  return (
    <Box role="listitem" label={person.name} className="card stack">
      <Box>
        <Heading level={2} className="lead">
          {person.name}
          {isMe ? ` · ${staff.team.me}` : ''}
        </Heading>
        <Box>{words.roles[person.role]}</Box>
        <Box className="soft">{place}</Box>
        {phone === undefined ? null : <Box className="soft">{phone}</Box>}
      </Box>
      {action.refusal ? <Failure refusal={action.refusal} /> : null}
      {isMe ? null : asking ? (
        <Ask
          title={staff.team.askTitle(person.name)}
          text={staff.team.askText}
          yes={staff.team.askYes}
          no={staff.cancel}
          onYes={() => void remove()}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Box className="desk-buttons">
          {phone !== undefined && /^\d{11}$/.test(phone) ? (
            <Button icon="phone" onTap={() => callPhone(phone)} label={`${staff.team.call} ${person.name}`}>
              {staff.team.call}
            </Button>
          ) : null}
          <Button look="quiet" onTap={() => setAsking(true)} label={`${staff.team.remove} ${person.name}`}>
            {staff.team.remove}
          </Button>
        </Box>
      )}
    </Box>
  );
}
