import { useWords } from '../i18n';
import { open, type PageName, restartAt } from '../services/pages.ts';
import { sessionStore } from '../services/session.ts';
import { useStore } from '../services/store.ts';
import { tabsOf } from '../services/tabs.ts';
import { Icon } from './icon.tsx';
import { Box, Tap, Words } from './primitives';

/** The main pages of the person's role, as large words. Ours rather than WeChat's, whose words are 10 px. */
export function TabBar({ current }: { readonly current: PageName }) {
  const words = useWords();
  const role = useStore(sessionStore)?.person.role;
  if (role === undefined) return null;
  const isOwn = role === 'elder' || role === 'family';
  return (
    <Box role="navigation" label={words.tabs.label} className="tabs no-print">
      {tabsOf(role).map(({ page, icon, title }) => (
        <Tap
          key={page}
          label={title(words)}
          current={page === current}
          className={`tabs__tab${page === current ? ' tabs__tab--current' : ''}`}
          onTap={() => {
            if (page === current) return;
            if (isOwn) open(page);
            else restartAt(page);
          }}
        >
          <Icon shape={icon} colour={page === current ? 'jade' : 'soft'} />
          <Words>{title(words)}</Words>
        </Tap>
      ))}
    </Box>
  );
}
