import type { ElderRow } from '../../../../../shared/contracts/elders.ts';
import { ageOn } from '../../../../../shared/values/dates.ts';
import { Mark } from '../../../components/notice.tsx';
import { Box, Words } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { useStaffWords } from '../words';
import { gridWords } from './grid.ts';

/** Whether a pause holds on a day. */
export const isPausedOn = ({ absence }: Pick<ElderRow, 'absence'>, date: string): boolean =>
  absence !== null && date >= absence.from && date <= (absence.until ?? date);

/** What tells one elder from another in a list, in words: 82 岁，尾号 1234，3 网格. */
export function useElderWords() {
  const words = useWords();
  const staff = useStaffWords();
  return (elder: ElderRow): string =>
    [
      words.home.age(ageOn(elder.birthDate, today())),
      elder.maskedPhone === undefined ? staff.checkIn.noPhone : staff.checkIn.tail(elder.maskedPhone.slice(-4)),
      staff.kitchen.gridShort(gridWords(elder.area)),
    ].join(' · ');
}

/** One elder in a list. */
export function ElderLine({ elder }: { readonly elder: ElderRow }) {
  const words = useWords();
  const say = useMealWords();
  const describe = useElderWords();
  return (
    <Box className="row row--apart row--wrap">
      <Box>
        <Words className="lead">{elder.name}</Words>
        <Box className="soft">{describe(elder)}</Box>
      </Box>
      {elder.diedOn !== null ? (
        <Mark tone="quiet">{words.home.died(say.date(elder.diedOn))}</Mark>
      ) : elder.absence !== null ? (
        <Mark tone="waiting">{words.pause.reasons[elder.absence.reason]}</Mark>
      ) : null}
    </Box>
  );
}
