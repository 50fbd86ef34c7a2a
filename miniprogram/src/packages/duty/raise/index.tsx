import { useState } from 'react';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { usePageParams } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { tabsOf } from '../../../services/tabs.ts';
import { ElderFinder } from '../../staff/people/elder-finder.tsx';
import { ElderLine, useElderWords } from '../../staff/people/elder-row.tsx';
import { useDutyWords } from '../words';
import { Drill } from './drill.tsx';
import { RaiseForm } from './raise-form.tsx';
import '../../staff/staff.css';
import '../duty.css';

/** Somebody phones for help: find the elder and raise the alert for them; or raise it without a name where there is no time. */
export default function RaisePage() {
  const words = useWords();
  const duty = useDutyWords();
  const describe = useElderWords();
  const params = usePageParams();
  const role = useStore(sessionStore)?.person.role;
  const [elderId, setElderId] = useState<string | undefined>(params.elderId);
  const [isUnknown, setUnknown] = useState(false);
  const isTab = role !== undefined && tabsOf(role).some(({ page }) => page === 'raiseFor');
  const another = () => {
    setElderId(undefined);
    setUnknown(false);
  };
  return (
    <PageFrame
      desk
      title={duty.raise.title}
      lead={duty.raise.lead}
      {...(isTab && params.elderId === undefined ? { tab: 'raiseFor' as const } : {})}
    >
      {elderId !== undefined ? (
        <ForElder key={elderId} elderId={elderId} onOther={another} />
      ) : isUnknown ? (
        <RaiseForm onOther={another} />
      ) : (
        <>
          <Box className="card stack">
            <Box className="lead">{duty.raise.unknownTitle}</Box>
            <Box>{duty.raise.unknownText}</Box>
            <Box className="desk-buttons">
              <Button icon="phone" onTap={() => setUnknown(true)}>
                {duty.raise.unknown}
              </Button>
            </Box>
          </Box>
          {/* A grid worker sees a grid, and lists are of communities: they raise from the elder's own page, or without a name. */}
          {role !== 'grid-worker' && (
            <Section title={duty.raise.who}>
              <ElderFinder quiet>
                {(elders) => (
                  <Box role="list" label={words.staffTabs.people} className="desk-cards">
                    {elders.map((elder) => (
                      <Box key={elder.elderId} role="listitem">
                        <TapCard label={`${elder.name}，${describe(elder)}`} onTap={() => setElderId(elder.elderId)}>
                          <ElderLine elder={elder} />
                        </TapCard>
                      </Box>
                    ))}
                  </Box>
                )}
              </ElderFinder>
            </Section>
          )}
        </>
      )}
    </PageFrame>
  );
}

function ForElder({ elderId, onOther }: { readonly elderId: string; readonly onOther: () => void }) {
  const query = useRoute('getElder', { params: { elderId } });
  return (
    <QueryStates query={query} cards={2}>
      {(elder: ElderView) => (
        <>
          <RaiseForm elder={elder} onOther={onOther} />
          {elder.diedOn === null ? <Drill elder={elder} /> : null}
        </>
      )}
    </QueryStates>
  );
}
