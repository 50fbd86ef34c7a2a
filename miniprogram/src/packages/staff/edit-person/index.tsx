import { useState } from 'react';
import { ALLERGENS, DIETS } from '../../../../../shared/contracts/diet.ts';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { communityOf } from '../../../../../shared/values/areas.ts';
import { Button } from '../../../components/button.tsx';
import { Checks, Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useLanguage, useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { goBack, replace, usePageParams } from '../../../services/pages.ts';
import { CanteenBar } from '../place/canteen-bar.tsx';
import { useCommunity } from '../place/use-canteens.ts';
import { useStaffWords } from '../words';
import {
  draftOf,
  type ElderDraft,
  type ElderField,
  EMPTY_ELDER,
  formOf,
  fromIdNumber,
  wrongFields,
} from './elder-draft.ts';
import '../staff.css';

/** Registers an elder, or changes what is registered. */
export default function EditPersonPage() {
  const staff = useStaffWords();
  const { elderId } = usePageParams();
  const query = useRoute('getElder', elderId === undefined ? null : { params: { elderId } });
  if (elderId === undefined) return <EditPerson />;
  return query.value ? (
    <EditPerson key={query.value.rev} elder={query.value} onReload={query.reload} />
  ) : (
    <PageFrame desk title={staff.person.edit}>
      <QueryStates query={query}>{() => null}</QueryStates>
    </PageFrame>
  );
}

interface EditPersonProps {
  readonly elder?: ElderView;
  readonly onReload?: () => void;
}

function EditPerson({ elder, onReload }: EditPersonProps) {
  const words = useWords();
  const staff = useStaffWords();
  const language = useLanguage();
  const place = useCommunity();
  const community = elder ? communityOf(elder.area) : place.community;
  const [draft, change, forget] = useDraft<ElderDraft & { elderId: string }>(
    `elder:${elder ? `${elder.elderId}:${elder.rev}` : 'new'}`,
    { ...(elder ? draftOf(elder) : EMPTY_ELDER), elderId: elder?.elderId ?? '' },
  );
  const action = useAction();
  const [wrong, setWrong] = useState<ReadonlyMap<ElderField, string | undefined>>(new Map());
  const wrongWords = (field: ElderField): string | undefined =>
    wrong.has(field) ? (wrong.get(field) ?? staff.edit.wrong[field]) : undefined;
  const type = (part: Partial<ElderDraft>) => {
    change(part);
    const fixed = new Map(wrong);
    for (const field of Object.keys(part)) fixed.delete(field as ElderField);
    setWrong(fixed);
  };

  const save = async () => {
    if (community === undefined) return;
    const made = formOf(draft, { community, rev: elder?.rev ?? 0 });
    if ('wrong' in made) return setWrong(new Map([...made.wrong].map((field) => [field, undefined])));
    const elderId = draft.elderId || newId();
    change({ elderId });
    const answer = await action.run(() =>
      outbox.submit({
        id: `elder-${elderId}`,
        name: 'putElder',
        input: { params: { elderId }, body: made.form },
        what: `${made.form.name} · ${elder ? staff.person.edit : staff.people.register}`,
      }),
    );
    if (answer === undefined) return;
    if (answer.ok || answer.refusal.code === 'offline') {
      forget();
      if (answer.ok && elder === undefined) replace('person', { elderId });
      else goBack();
    } else if (answer.refusal.code === 'invalid-request' || answer.refusal.code === 'already-registered') {
      setWrong(wrongFields(answer.refusal.details ?? [], language));
    } else if (answer.refusal.code === 'id-reused') change({ elderId: '' });
  };
  const refused = action.refusal?.code;

  return (
    <PageFrame
      desk
      title={elder ? staff.edit.of(elder.name) : staff.people.register}
      action={
        <Button look="main" onTap={() => void save()} disabled={action.busy}>
          {action.busy ? staff.saving : staff.save}
        </Button>
      }
    >
      {refused === 'rev-stale' ? (
        <Notice
          urgent
          tone="waiting"
          title={staff.edit.stale}
          actions={
            <Button
              onTap={() => {
                action.clear();
                forget();
                onReload?.();
              }}
            >
              {staff.edit.reload}
            </Button>
          }
        >
          {staff.edit.staleText}
        </Notice>
      ) : action.refusal && refused !== 'offline' ? (
        <Failure refusal={action.refusal} title={staff.notSaved} />
      ) : wrong.size > 0 ? (
        <Notice urgent tone="waiting" title={staff.edit.lookAt(wrong.size)} />
      ) : null}
      {elder === undefined && place.canteen && place.community === place.canteen.area && place.canteens.length > 1 ? (
        <CanteenBar canteens={place.canteens} value={place.canteen} onChange={place.choose} />
      ) : null}
      <Box className="desk-halves">
        <Box className="stack stack--wide">
          <TextField
            id="name"
            label={staff.name}
            maxLength={40}
            value={draft.name}
            wrong={wrongWords('name')}
            onChange={(name) => type({ name })}
          />
          <TextField
            id="id-number"
            label={`${staff.person.idNumber} · ${words.optional}`}
            help={elder?.idNumberTail ? staff.edit.idKept(elder.idNumberTail) : staff.edit.idHelp}
            maxLength={18}
            value={draft.idNumber}
            wrong={wrongWords('idNumber')}
            onChange={(idNumber) => type({ idNumber, ...fromIdNumber(idNumber) })}
          />
          <TextField
            id="birth-date"
            label={staff.edit.birthDate}
            help={staff.dateHelp}
            value={draft.birthDate}
            wrong={wrongWords('birthDate')}
            onChange={(birthDate) => type({ birthDate })}
          />
          <Box>
            <Box className="field__label">{staff.edit.sex}</Box>
            <Choice
              grid
              name="sex"
              label={staff.edit.sex}
              value={draft.sex ?? undefined}
              onChange={(sex) => type({ sex })}
              items={(['female', 'male'] as const).map((value) => ({ value, title: staff.person.sexes[value] }))}
            />
            {wrongWords('sex') ? <Notice urgent tone="waiting" title={wrongWords('sex') ?? ''} /> : null}
          </Box>
          <TextField
            id="phone"
            kind="phone"
            label={`${words.elder.phone} · ${words.optional}`}
            maxLength={13}
            value={draft.phone}
            wrong={wrongWords('phone')}
            onChange={(phone) => type({ phone })}
          />
          <TextField
            id="grid"
            kind="digits"
            label={staff.edit.grid}
            help={staff.edit.gridHelp}
            maxLength={3}
            value={draft.grid}
            wrong={wrongWords('grid')}
            onChange={(grid) => type({ grid })}
          />
          <TextField
            id="address"
            label={words.elder.address}
            help={staff.edit.addressHelp}
            maxLength={120}
            value={draft.address}
            wrong={wrongWords('address')}
            onChange={(address) => type({ address })}
          />
          <Box>
            <Box className="field__label">{staff.person.localHousehold}</Box>
            <Choice
              grid
              name="local"
              label={staff.person.localHousehold}
              value={draft.localHousehold ? 'yes' : 'no'}
              onChange={(value) => type({ localHousehold: value === 'yes' })}
              items={(['yes', 'no'] as const).map((value) => ({ value, title: words[value] }))}
            />
          </Box>
        </Box>
        <Box>
          <Section title={words.elder.cannotEat}>
            <Checks
              grid
              name="allergens"
              label={words.elder.cannotEat}
              values={draft.allergens}
              onChange={(value, on) =>
                type({ allergens: on ? [...draft.allergens, value] : draft.allergens.filter((one) => one !== value) })
              }
              items={ALLERGENS.map((value) => ({ value, title: words.allergens[value] }))}
            />
          </Section>
          <Section title={words.elder.diet}>
            <Checks
              grid
              name="diets"
              label={words.elder.diet}
              values={draft.diets}
              onChange={(value, on) =>
                type({ diets: on ? [...draft.diets, value] : draft.diets.filter((one) => one !== value) })
              }
              items={DIETS.map((value) => ({ value, title: words.diets[value] }))}
            />
          </Section>
        </Box>
      </Box>
    </PageFrame>
  );
}
