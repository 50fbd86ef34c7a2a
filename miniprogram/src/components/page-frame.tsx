import Taro, { useDidHide, useDidShow } from '@tarojs/taro';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLanguage, useWords } from '../i18n';
import { connectionStore } from '../services/connection.ts';
import { newId } from '../services/ids.ts';
import { goBack, type PageName, useSignInFirst } from '../services/pages.ts';
import { sessionStore } from '../services/session.ts';
import { settingsStore } from '../services/settings.ts';
import type { SosElder } from '../services/sos-pass.ts';
import { useStore } from '../services/store.ts';
import { showTitle } from '../services/title';
import { DutyNotice } from './duty-notice.tsx';
import { Icon } from './icon.tsx';
import { Notice } from './notice.tsx';
import { OutboxNotices } from './outbox-notices.tsx';
import { Box, Heading, Tap, Words } from './primitives';
import { SosPlace } from './sos-place.tsx';
import { TabBar } from './tab-bar.tsx';

interface PageFrameProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: string | undefined;
  readonly children: ReactNode;
  /** The page's main action, always within thumb's reach. */
  readonly action?: ReactNode;
  /** Set on the main pages: shows the tab bar, and no way back. */
  readonly tab?: PageName;
  /** Staff pages: denser and wider on a desk. */
  readonly desk?: boolean;
  /** The page shows alerts itself, and says itself whether it is connected. */
  readonly watch?: boolean;
  /** The page is for anybody, signed in or not. */
  readonly open?: boolean;
  /** Staff pages: the elder who is open, for whom the emergency button then raises. */
  readonly sosFor?: SosElder | undefined;
  /** The page itself tells how this phone's call for help stands. */
  readonly tellsSos?: boolean;
  /** The page asks whether to call for help: what a tap on the emergency button does here. */
  readonly onSosTap?: (() => void) | undefined;
}

/** The first page of all leaves the focus where the browser puts it. */
let wasShown = false;
const onWeb = process.env.TARO_ENV === 'h5';

/**
 * Every page goes through here: it sets size and language, shows the title, the state of the connection and of what is not yet
 * sent, holds the main action and the tab bar at the bottom, and keeps one place free for the emergency button.
 */
export function PageFrame(props: PageFrameProps) {
  const { title, lead, children, action, tab, desk, watch, open: isOpen, sosFor, tellsSos, onSosTap } = props;
  const words = useWords();
  const language = useLanguage();
  const { textScale } = useStore(settingsStore);
  const session = useStore(sessionStore);
  const connected = useStore(connectionStore);

  useEffect(() => {
    showTitle(title);
    if (onWeb) document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [title, language]);
  // On the web a new page begins at its title, also for somebody who listens; WeChat does this itself.
  const headingId = useRef(`title-${newId()}`).current;
  const focusTitle = () => {
    if (onWeb && wasShown) document.getElementById(headingId)?.focus();
    wasShown = true;
  };
  useEffect(focusTitle, [headingId]);
  useDidShow(focusTitle);
  // A page that lies under another one waits: it must not tear somebody who has called for help away from that call's page.
  const [inSight, setInSight] = useState(true);
  useDidShow(() => setInSight(true));
  useDidHide(() => setInSight(false));
  const mustSignIn = session === null && !isOpen;
  const signInFirst = useSignInFirst();
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it becomes so, not each time the page is drawn
  useEffect(() => {
    if (mustSignIn && inSight) signInFirst();
  }, [mustSignIn, inSight]);
  const canGoBack = onWeb && tab === undefined && (!isOpen || Taro.getCurrentPages().length > 1);

  return (
    <Box className={`frame frame--${textScale}${desk ? ' frame--desk' : ''}`}>
      <Box role="banner" className="frame__head">
        {/* WeChat shows its own way back above the page. */}
        {canGoBack ? (
          <Tap className="frame__back" onTap={goBack} label={words.back}>
            <Icon shape="back" />
            <Words>{words.back}</Words>
          </Tap>
        ) : null}
        <Heading level={1} id={headingId} className="frame__title">
          {title}
        </Heading>
        {lead === undefined ? null : <Box className="frame__lead">{lead}</Box>}
      </Box>
      <Box role="main" className="frame__main">
        {watch ? null : <DutyNotice />}
        {connected || watch ? null : (
          <Notice tone="waiting" title={words.states.offline}>
            {words.states.offlineText}
          </Notice>
        )}
        <OutboxNotices />
        {mustSignIn ? null : children}
      </Box>
      <Box className="frame__foot">
        {action === undefined || mustSignIn ? null : (
          <Box role="region" label={title} className="frame__action">
            {action}
          </Box>
        )}
        <SosPlace elder={sosFor} tells={tellsSos} onYes={onSosTap} />
        {tab === undefined ? null : <TabBar current={tab} />}
      </Box>
    </Box>
  );
}
