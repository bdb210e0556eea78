import { expect, test } from 'vitest';
import { resumeElsewhere } from './commands.ts';

test.for([
  [{ steps: 500 }, 70, '--steps 500'],
  // Ten minutes wanted, 70 seconds of them gone.
  [{ seconds: 600 }, 70, '--minutes 8.8'],
  [{ seconds: 600 }, 599.9, '--minutes 0.1'],
] as const)('what is left of %j after %s seconds is %s', ([goal, seconds, rest]) => {
  const line = resumeElsewhere({ folder: '/somewhere/runs/owl-2' }, goal, { step: 40, seconds, skippedSteps: 0 });
  expect(line).toBe(`pnpm sketch-rnn train --resume --name owl-2 --engine wasm ${rest}`);
});
