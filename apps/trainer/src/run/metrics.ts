/** `metrics.jsonl`: one `RunRecord` a line, appended. */
import { appendFile, readFile } from 'node:fs/promises';
import { writeDurably } from './durable.ts';
import { errorCode, fileError, RunError } from './error.ts';
import { recordSchema, type RunRecord } from './records.ts';

/**
 * Adds a record.
 *
 * @throws RunError where the system refuses
 */
export async function appendRecord(path: string, record: RunRecord): Promise<void> {
  try {
    await appendFile(path, `${JSON.stringify(record)}\n`);
  } catch (cause) {
    throw fileError(path, 'written', cause);
  }
}

/**
 * Takes the file back to what it was when `step` steps were taken, and returns its records: those after the checkpoint are
 * made once more, and the last line may have been torn by a kill.
 *
 * @throws RunError where a line before the last cannot be read
 */
export async function rewindRecords(path: string, step: number): Promise<RunRecord[]> {
  const lines = wholeLines(await textAt(path));
  const records = lines.map((line, i) => parseRecord(line, `${path}:${i + 1}`));
  const counts = (record: RunRecord | undefined): boolean => record !== undefined && record.step <= step;
  const kept = lines.filter((_, i) => counts(records[i]));
  await writeDurably(path, kept.map((line) => `${line}\n`).join(''));
  return records.filter(counts);
}

/** Lines with their end; what follows the last newline is nothing, or the beginning of a record. */
function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function parseRecord(line: string, where: string): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new RunError(`${where}: expected a JSON record, got ${JSON.stringify(line.slice(0, 60))} - remove the line`, {
      cause,
    });
  }
  const result = recordSchema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] as { path: PropertyKey[]; message: string };
  throw new RunError(`${where}: ${[...path, message].join(': ')} - remove the line`);
}

async function textAt(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    // Killed before its first record.
    if (errorCode(cause) === 'ENOENT') return '';
    throw fileError(path, 'read', cause);
  }
}
