import { buildH5 } from '../../../infra/local/h5-build.ts';

/** Before the tests of a run: files that begin at the same moment would each build the page. */
export async function setup(): Promise<void> {
  const wrong = await buildH5(new AbortController().signal);
  if (wrong !== undefined) throw new Error(wrong);
}
