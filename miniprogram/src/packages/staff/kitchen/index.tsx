import { useState } from 'react';
import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import type { KitchenSheet } from '../../../../../shared/contracts/kitchen.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';
import { OfCanteen } from '../place/of-canteen.tsx';
import { isSitting, type SittingAt, sittingOfNow } from '../place/sitting-at.ts';
import { SittingChoice } from '../place/sitting-choice.tsx';
import { onWeb, printPage, saveFile } from '../web-only.ts';
import { useStaffWords } from '../words';
import { Counts, SpecialDiets } from './counts.tsx';
import { Labels, RunList } from './deliveries.tsx';
import '../staff.css';

/** What to cook for one sitting, for whom to take care, and what to carry where. */
export default function KitchenPage() {
  const staff = useStaffWords();
  return (
    <PageFrame desk tab="kitchen" title={staff.kitchen.title}>
      <OfCanteen>{(canteen) => <Canteen key={canteen.canteenId} canteen={canteen} />}</OfCanteen>
    </PageFrame>
  );
}

function Canteen({ canteen }: { readonly canteen: CanteenView }) {
  const staff = useStaffWords();
  const params = usePageParams();
  const [at, setAt] = useState<SittingAt>(() => ({
    canteenId: canteen.canteenId,
    date: params.date ?? today(),
    sitting: isSitting(params.sitting) ? params.sitting : sittingOfNow(canteen),
  }));
  const query = useRoute('getKitchenSheet', { params: { ...at } });
  return (
    <>
      <SittingChoice
        canteen={canteen}
        date={at.date}
        sitting={at.sitting}
        from={-1}
        to={6}
        onChange={(change) => setAt((before) => ({ ...before, ...change }))}
      />
      {query.value === undefined && query.refusal?.code === 'not-found' ? (
        <Empty
          icon="kitchen"
          title={staff.today.noMenu}
          text={staff.today.noMenuText}
          action={<Button onTap={() => open('editMenu', { ...at })}>{staff.today.publish}</Button>}
        />
      ) : (
        <QueryStates query={query}>{(sheet) => <Sheet at={at} sheet={sheet} />}</QueryStates>
      )}
    </>
  );
}

type View = 'sheet' | 'run' | 'labels';

function Sheet({ at, sheet }: { readonly at: SittingAt; readonly sheet: KitchenSheet }) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const action = useAction();
  const [view, setView] = useState<View>('sheet');
  const boxes = sheet.deliveries.reduce((sum, { labels }) => sum + labels.length, 0);
  const download = async () => {
    const answer = await action.run(() => call('getKitchenSheetCsv', { params: { ...at } }));
    if (answer?.ok) saveFile(`${sheet.canteenName}-${sheet.date}-${words.sittings[sheet.sitting]}.csv`, answer.value);
  };
  if (sheet.meals === 0) {
    return <Empty icon="kitchen" title={staff.kitchen.none} text={staff.kitchen.noneText} />;
  }
  return (
    <Box className="section">
      <Box className="no-print stack">
        <Box className="desk-chips">
          <Choice
            grid
            name="view"
            label={staff.kitchen.view}
            value={view}
            onChange={setView}
            items={[
              { value: 'sheet', title: staff.kitchen.cook },
              { value: 'run', title: staff.kitchen.run(boxes) },
              { value: 'labels', title: staff.kitchen.labels(boxes) },
            ]}
          />
        </Box>
        {onWeb ? (
          <Box className="desk-buttons">
            <Button icon="print" onTap={printPage}>
              {staff.print}
            </Button>
            <Button onTap={() => void download()} disabled={action.busy}>
              {staff.kitchen.csv}
            </Button>
          </Box>
        ) : null}
        {action.refusal ? <Failure refusal={action.refusal} /> : null}
      </Box>
      {view === 'labels' ? null : (
        <Box className="sheet__head">
          <Box className="lead">
            {sheet.canteenName} · {say.dateAndWeekday(sheet.date)} {words.sittings[sheet.sitting]} ·{' '}
            {view === 'run' ? staff.kitchen.run(boxes) : staff.kitchen.title}
          </Box>
          <Box className="soft">{staff.kitchen.madeAt(say.moment(sheet.madeAt), say.moment(sheet.closesAt))}</Box>
        </Box>
      )}
      {view === 'sheet' ? (
        <>
          <Counts sheet={sheet} />
          <SpecialDiets sheet={sheet} />
        </>
      ) : boxes === 0 ? (
        <Empty icon="place" title={staff.kitchen.noBoxes} text={staff.kitchen.noBoxesText} />
      ) : view === 'run' ? (
        <RunList sheet={sheet} />
      ) : (
        <Labels sheet={sheet} />
      )}
    </Box>
  );
}
