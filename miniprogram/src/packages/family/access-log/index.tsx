import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { usePageParams } from '../../../services/pages.ts';

/** Who opened the elder's care record, when and why. */
export default function AccessLogPage() {
  const words = useWords();
  const say = useMealWords();
  const { elderId = '' } = usePageParams();
  const query = useRoute('getAccessLog', { params: { elderId }, query: {} });
  return (
    <PageFrame title={words.accessLog.title} lead={words.accessLog.lead}>
      <QueryStates query={query}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty icon="info" title={words.accessLog.none} text={words.accessLog.noneText} />
          ) : (
            <Box role="list" label={words.accessLog.title} className="stack">
              {entries.map((entry) => (
                <Box key={`${entry.at}-${entry.personId}`} role="listitem" className="card">
                  <Box className="row row--apart row--wrap">
                    <Box className="strong">{say.moment(entry.at)}</Box>
                    <Mark tone="info">{words.accessLog.reasons[entry.reason]}</Mark>
                  </Box>
                  <Box className="soft">{words.roles[entry.role]}</Box>
                </Box>
              ))}
            </Box>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}
