import { PageFrame } from '../../../components/page-frame.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { MoreMessages } from '../../../features/more-messages.tsx';
import { useCircleWords } from '../../../i18n/circle';
// Without its ending: the web has a variant of its own.
import { inWechat } from '../../../services/wechat';
import { OwnPhone } from '../own-phone.tsx';

/** How somebody of the family is reached when help is called: the number that rings, and WeChat's messages. */
export default function ReachPage() {
  const { reach: words } = useCircleWords();
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Section title={words.number}>
        <OwnPhone />
      </Section>
      {inWechat ? (
        <Section title={words.messages}>
          <Box className="stack">
            <Box>{words.messagesText}</Box>
            <MoreMessages />
          </Box>
        </Section>
      ) : null}
    </PageFrame>
  );
}
