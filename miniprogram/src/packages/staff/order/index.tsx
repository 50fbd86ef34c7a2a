import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { open, usePageParams } from '../../../services/pages.ts';
import { ElderFinder } from '../people/elder-finder.tsx';
import { ElderLine, useElderWords } from '../people/elder-row.tsx';
import { useStaffWords } from '../words';
import { OrderForm } from './order-form.tsx';
import { type Placed, PlacedCard } from './placed-card.tsx';
import '../staff.css';

/** A meal for an elder who has no phone, or who stands at the desk. */
export default function StaffOrderPage() {
  const words = useWords();
  const staff = useStaffWords();
  const params = usePageParams();
  const [elderId, setElderId] = useState(params.elderId);
  const [placed, setPlaced] = useState<Placed | undefined>();
  const elder = useRoute('getElder', elderId === undefined ? null : { params: { elderId } });
  const again = () => {
    setPlaced(undefined);
    setElderId(undefined);
  };

  if (placed) {
    return (
      <PageFrame
        desk
        tab="staffOrder"
        title={placed.order ? words.ordered.title : words.ordered.keptTitle}
        action={
          <Button look="main" onTap={again}>
            {staff.order.next}
          </Button>
        }
      >
        <PlacedCard placed={placed} />
      </PageFrame>
    );
  }
  if (elderId === undefined) {
    return (
      <PageFrame desk tab="staffOrder" title={words.staffTabs.order} lead={staff.order.lead}>
        <Box className="desk-buttons">
          <Button icon="people" onTap={() => open('staffMany')}>
            {staff.many.title}
          </Button>
        </Box>
        <Box className="section">
          <Finder onChoose={setElderId} />
        </Box>
      </PageFrame>
    );
  }
  return elder.value ? (
    <OrderForm key={elderId} elder={elder.value} query={elder} onOther={again} onPlaced={setPlaced} />
  ) : (
    <PageFrame desk tab="staffOrder" title={words.staffTabs.order}>
      <QueryStates query={elder}>{() => null}</QueryStates>
      <Button onTap={again}>{staff.order.other}</Button>
    </PageFrame>
  );
}

function Finder({ onChoose }: { readonly onChoose: (elderId: string) => void }) {
  const staff = useStaffWords();
  const describe = useElderWords();
  return (
    <ElderFinder>
      {(elders) => (
        <Box role="list" label={staff.people.found} className="desk-cards">
          {elders
            .filter((elder) => elder.diedOn === null)
            .map((elder) => (
              <Box key={elder.elderId} role="listitem">
                <TapCard label={`${elder.name}，${describe(elder)}`} onTap={() => onChoose(elder.elderId)}>
                  <ElderLine elder={elder} />
                </TapCard>
              </Box>
            ))}
        </Box>
      )}
    </ElderFinder>
  );
}
