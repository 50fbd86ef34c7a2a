import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ElderRow } from '../../../../../shared/contracts/elders.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Empty, Failure, Loading, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { CanteenBar } from '../place/canteen-bar.tsx';
import { useCommunity } from '../place/use-canteens.ts';
import { useStaffWords } from '../words';
import { type Elders, useElders } from './use-elders.ts';

interface ElderFinderProps {
  /** Draws what was found. */
  readonly children: (elders: readonly ElderRow[]) => ReactNode;
  /** Asks nothing before something is typed. */
  readonly quiet?: boolean;
}

/** Finds elders of the community by the start of the name or the end of the phone. A district chooses the community first. */
export function ElderFinder({ children, quiet = false }: ElderFinderProps) {
  const staff = useStaffWords();
  const { query, canteens, canteen, choose, community } = useCommunity();
  const [find, setFind] = useState('');
  const wanted = !quiet || find.trim() !== '';
  const list = useElders(community, find, wanted);
  const isDistrict = community !== undefined && community === canteen?.area && canteens.length > 1;
  return (
    <>
      {isDistrict && canteen ? <CanteenBar canteens={canteens} value={canteen} onChange={choose} /> : null}
      <TextField
        id="find-elder"
        label={staff.people.find}
        help={staff.people.findHelp}
        value={find}
        maxLength={40}
        onChange={setFind}
      />
      {community === undefined ? (
        <QueryStates query={query}>
          {() => <Empty icon="place" title={staff.noCanteen} text={staff.noCanteenText} />}
        </QueryStates>
      ) : wanted ? (
        <Found list={list} find={find.trim()}>
          {children}
        </Found>
      ) : null}
    </>
  );
}

interface FoundProps {
  readonly list: Elders;
  readonly find: string;
  readonly children: (elders: readonly ElderRow[]) => ReactNode;
}

function Found({ list, find, children }: FoundProps) {
  const staff = useStaffWords();
  return (
    <Box className="section stack">
      {list.refusal ? <Failure refusal={list.refusal} onRetry={list.reload} /> : null}
      {list.elders.length > 0 ? children(list.elders) : null}
      {list.loading ? <Loading cards={list.elders.length === 0 ? 3 : 1} /> : null}
      {!list.loading && !list.refusal && list.elders.length === 0 ? (
        <Empty
          icon="people"
          title={find === '' ? staff.people.none : staff.people.notFound(find)}
          text={find === '' ? staff.people.noneText : staff.people.notFoundText}
        />
      ) : null}
      {list.more ? <Button onTap={list.more}>{staff.people.more}</Button> : null}
    </Box>
  );
}
