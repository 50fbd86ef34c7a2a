import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Box } from '../../../components/primitives';
import { useWords } from '../../../i18n';
import { open } from '../../../services/pages.ts';
import { useStaffWords } from '../words';
import { ElderFinder } from './elder-finder.tsx';
import { ElderLine, useElderWords } from './elder-row.tsx';
import '../staff.css';

/** The elders of the community. */
export default function PeoplePage() {
  const words = useWords();
  const staff = useStaffWords();
  const describe = useElderWords();
  return (
    <PageFrame desk tab="people" title={words.staffTabs.people}>
      <Box className="desk-buttons">
        <Button look="main" icon="person" onTap={() => open('editPerson')}>
          {staff.people.register}
        </Button>
        <Button icon="orders" onTap={() => open('importElders')}>
          {staff.people.import}
        </Button>
      </Box>
      <Box className="section">
        <ElderFinder>
          {(elders) => (
            <Box role="list" label={staff.people.found} className="desk-cards">
              {elders.map((elder) => (
                <Box key={elder.elderId} role="listitem">
                  <TapCard
                    label={`${elder.name}，${describe(elder)}`}
                    onTap={() => open('person', { elderId: elder.elderId })}
                  >
                    <ElderLine elder={elder} />
                  </TapCard>
                </Box>
              ))}
            </Box>
          )}
        </ElderFinder>
      </Box>
    </PageFrame>
  );
}
