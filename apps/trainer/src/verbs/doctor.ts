import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { cache, engines, machine, node, pictures } from '../doctor/checks.ts';
import { type ReportContent, reportOf } from '../doctor/report.ts';
import { UsageError } from '../errors.ts';
import { table } from '../help.ts';
import { engine, flag } from '../options.ts';
import { revisionOf } from '../revision.ts';
import type { Surroundings } from '../sources.ts';
import { defineVerb } from '../verb.ts';

type Wanted = z.output<typeof engine>;

export const doctor = defineVerb({
  summary: 'say what runs here, what does not, and what to do about it',
  details: [
    'With --selftest, each engine that runs here computes what plain loops in 64-bit numbers have computed: costs, probabilities, ' +
      'gradients, a step of the optimiser, sketches. Then it is timed. The report is made to be pasted into an issue: it holds no ' +
      'paths. Where an engine is off, it goes to stderr, and the command fails.',
  ],
  examples: ['sketch-rnn doctor', 'sketch-rnn doctor --json', 'sketch-rnn doctor --selftest --engine webgpu'],
  options: z.object({
    selftest: flag().describe('try the engines, each for about half a minute'),
    engine: engine.unwrap().optional().describe('the one that --selftest tries; by default all that run here'),
  }),

  async run({ options, environment, log, signal }) {
    if (options.selftest) return { selftest: await tryEngines(options.engine, { log, signal }) };
    if (options.engine !== undefined) {
      throw new UsageError('--engine: expected --selftest beside it, got none - without, every engine is looked for');
    }
    const checks = [node(), ...machine(), ...(await engines()), await pictures(), await cache(environment.cacheFolder)];
    return { checks };
  },

  text(result) {
    if ('selftest' in result) return reportOf(result.selftest);
    return table(
      result.checks.map(({ name, ok, detail, remedy }) => [
        `${ok ? 'ok' : 'no'}  ${name}`,
        remedy === undefined ? detail : `${detail} - ${remedy}`,
      ]),
    ).join('\n');
  },
});

/**
 * Tries one engine, or all that run here.
 *
 * @throws EngineError where one is off, its report in the log; where the one wanted does not run; the signal's reason where it aborts
 */
async function tryEngines(
  wanted: Wanted | undefined,
  { log, signal }: Pick<Surroundings, 'log' | 'signal'>,
): Promise<ReportContent> {
  const { chooseEngine, EngineError, lookAround } = await import('@sketch-rnn/backend');
  const { selftest } = await import('../doctor/selftest.ts');
  const one = wanted === undefined ? undefined : await chooseEngine(wanted);
  const findings = (one?.findings ?? (await lookAround())).filter(
    ({ engine: name }) => one === undefined || name === one.name,
  );
  log.line('computing in 64 bits what engines are held against ...');
  const results = await selftest(findings, { tell: (name) => log.line(`trying ${name} ...`), signal });
  const revision = revisionOf();
  const missing = findings.flatMap(({ engine: name, availability }) =>
    availability.runs ? [] : [[name, `not here: ${availability.detail} - ${availability.remedy}`] as const],
  );
  const content: ReportContent = {
    program: [manifest.version, ...(revision === undefined ? [] : [`revision ${revision}`])].join(', '),
    facts: [...[node(), ...machine()].map(({ name, detail }) => [name, detail] as const), ...missing],
    engines: results,
  };
  const off = results.filter(({ ok }) => !ok).map(({ engine: name }) => name);
  if (off.length === 0) return content;
  log.line(reportOf(content));
  throw new EngineError(
    `selftest: expected every engine to be right, got ${off.join(' and ')} off - report what stands above, and use another --engine`,
  );
}
