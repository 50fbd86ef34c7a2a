import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FunctionComponent } from 'react';
import { keepSession } from '../../../miniprogram/src/services/session.ts';
import { aSession } from './sample.ts';
import { smallTown } from './small-town.ts';
import { stage } from './taro.ts';

interface Given {
  readonly params?: Record<string, string>;
  readonly town?: ReturnType<typeof smallTown>;
  readonly signedIn?: boolean;
}

/** Opens a page as the family member of the small town. */
export function showPage(Page: FunctionComponent, { params = {}, town = smallTown(), signedIn = true }: Given = {}) {
  stage.api = town.api;
  stage.params = params;
  if (signedIn) keepSession(aSession('token-1', town.state.person));
  const user = userEvent.setup();
  return { ...render(<Page />), user, town, went: () => stage.went.at(-1) };
}
