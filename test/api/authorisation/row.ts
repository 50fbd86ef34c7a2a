import type { Answer, Parts } from '../support/http.ts';
import type { World } from './worlds.ts';

/** How a route is asked in a world: a request that is right in everything, so that only the right of the caller decides. */
export interface Row {
  readonly asks: (world: World) => Parts;
  /** Where the answer is a list with an answer for each: the refusal in it. */
  readonly refusedInside?: (answer: Answer) => string | undefined;
}

export const ofElder = ({ elder }: World): Parts => ({ params: { elderId: elder.elderId } });

/** Everybody asks for their own: a grid worker for a grid, the others for a community. */
export const ofCommunity = ({ community, caller }: World): Parts => ({
  params: { area: caller === 'grid-worker' ? `${community}001` : community },
});
