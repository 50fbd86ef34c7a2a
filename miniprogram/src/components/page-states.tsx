import type { ReactNode } from 'react';
import type { Query } from '../hooks/use-route.ts';
import { useSay, useWords } from '../i18n';
import type { Refused } from '../services/client.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { Shape } from './icon-shapes.ts';
import { Notice } from './notice.tsx';
import { Box, Heading } from './primitives';

/** Keeps the shape of the page while it loads: as many cards as are usual there. */
export function Loading({ cards = 3 }: { readonly cards?: number }) {
  const words = useWords();
  return (
    <Box role="status" label={words.loading} className="stack">
      {Array.from({ length: cards }, (_, index) => index).map((index) => (
        <Box key={index} decorative className="blank" />
      ))}
    </Box>
  );
}

interface EmptyProps {
  readonly title: string;
  /** What to do next. */
  readonly text: string;
  readonly icon?: Shape;
  readonly action?: ReactNode;
}

export function Empty({ title, text, icon = 'bowl', action }: EmptyProps) {
  return (
    <Box className="empty">
      <Icon shape={icon} colour="soft" className="empty__icon" />
      <Heading level={2} className="lead">
        {title}
      </Heading>
      <Box className="soft">{text}</Box>
      {action === undefined ? null : <Box className="section">{action}</Box>}
    </Box>
  );
}

interface FailureProps {
  readonly refusal: Refused;
  readonly onRetry?: (() => void) | undefined;
  readonly title?: string | undefined;
}

/** What happened, that nothing is lost, and the next step. */
export function Failure({ refusal, onRetry, title }: FailureProps) {
  const words = useWords();
  const say = useSay();
  const offline = refusal.code === 'offline';
  return (
    <Notice
      urgent
      tone="waiting"
      title={title ?? (offline ? words.states.noConnection : words.states.whatHappened)}
      actions={onRetry ? <Button onTap={onRetry}>{words.retry}</Button> : undefined}
    >
      {offline ? words.states.noConnectionText : say(refusal.message)}
    </Notice>
  );
}

interface QueryStatesProps<T> {
  readonly query: Query<T>;
  readonly cards?: number;
  readonly children: (value: T) => ReactNode;
}

/** A page's content in whichever state its question is: loading, failed, or there (perhaps from last time, when offline). */
export function QueryStates<T>({ query, cards, children }: QueryStatesProps<T>) {
  if (query.value === undefined) {
    return query.refusal ? (
      <Failure refusal={query.refusal} onRetry={query.reload} />
    ) : (
      <Loading {...(cards === undefined ? {} : { cards })} />
    );
  }
  return (
    <>
      {/* Without a connection the page's frame says so, once for the whole page. */}
      {query.refusal && query.refusal.code !== 'offline' ? (
        <Failure refusal={query.refusal} onRetry={query.reload} />
      ) : null}
      {children(query.value)}
    </>
  );
}
