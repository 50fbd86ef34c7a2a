import { PageFrame } from '../../components/page-frame.tsx';
import { useWords } from '../../i18n';

export default function Page() {
  const words = useWords();
  return (
    <PageFrame title={words.tabs.order} tab="order">
      {null}
    </PageFrame>
  );
}
