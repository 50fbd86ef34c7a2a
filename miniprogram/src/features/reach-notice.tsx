import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { useCircleWords } from '../i18n/circle';
import { open } from '../services/pages.ts';
import { sessionStore } from '../services/session.ts';
import { useStore } from '../services/store.ts';

/** For family who are bound and whom nobody can phone: says so, and leads to where that is mended. */
export function ReachNotice() {
  const { reach: words } = useCircleWords();
  const person = useStore(sessionStore)?.person;
  if (person?.role !== 'family' || person.phone !== undefined) return null;
  return (
    <Notice
      tone="waiting"
      title={words.nobodyRings}
      actions={<Button onTap={() => open('reach')}>{words.leaveNumber}</Button>}
    >
      {words.nobodyRingsText}
    </Notice>
  );
}
