import { CHINA, GLOBAL, synthesized } from './synthesized.ts';

/** Before the tests of a run: files that ask for the same stage at the same moment would each make it. */
export async function setup(): Promise<void> {
  await Promise.all([synthesized(GLOBAL), synthesized(CHINA)]);
}
