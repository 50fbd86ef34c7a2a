import { Button } from './button.tsx';
import { Box, Heading } from './primitives';

interface AskProps {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly busy?: boolean;
}

/** A question before something that is not easily undone. It stands in the page, in place of its content: nothing pops up. */
export function Ask({ title, text, yes, no, onYes, onNo, busy }: AskProps) {
  return (
    <Box role="group" label={title} className="card stack">
      <Heading level={2} className="lead">
        {title}
      </Heading>
      <Box>{text}</Box>
      <Button look="main" onTap={onYes} disabled={busy}>
        {yes}
      </Button>
      <Button onTap={onNo} disabled={busy}>
        {no}
      </Button>
    </Box>
  );
}
