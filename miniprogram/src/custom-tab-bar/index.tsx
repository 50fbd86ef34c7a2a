import { Box } from '../components/primitives';

/** WeChat asks for this file where the tab bar is our own; ours stands inside the page (components/tab-bar.tsx). */
export default function CustomTabBar() {
  return <Box />;
}
