import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeEvent } from './event.ts';
import { exampleEvaluation, exampleTraining } from './example.ts';
import { createEventFile } from './tensorboard.ts';
import { maskedCrc, tfRecord } from './tfrecord.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'events-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** CRC32C bit by bit (RFC 3720, appendix B.4: reflected polynomial 0x82f63b78). */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
  }
  return ~crc >>> 0;
}

function masked(bytes: Uint8Array): number {
  const crc = BigInt(crc32c(bytes));
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
}

/** The records of a TFRecord file, read as its description says. */
function readRecords(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at < file.length) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(masked(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(masked(data));
    records.push(data);
    at += 16 + length;
  }
  return records;
}

type Field = number | Uint8Array;

/** A protobuf message, field number -> values in their order. */
function readMessage(bytes: Uint8Array): Map<number, Field[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields = new Map<number, Field[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(bytes[at++] as number);
      value |= (byte & 127n) << shift;
      if (byte < 128n) return Number(value);
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const readers: Record<number, () => Field> = {
      0: varint,
      1: () => view.getFloat64((at += 8) - 8, true),
      2: () => {
        const length = varint();
        return bytes.subarray(at, (at += length));
      },
      5: () => view.getFloat32((at += 4) - 4, true),
    };
    const value = (readers[key & 7] as () => Field)();
    fields.set(key >>> 3, [...(fields.get(key >>> 3) ?? []), value]);
  }
  return fields;
}

interface ReadEvent {
  readonly step: number;
  readonly version?: string;
  readonly sessionStatus?: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** The fields of event.proto and summary.proto that matter to TensorBoard. */
function readEvent(bytes: Uint8Array): ReadEvent {
  const event = readMessage(bytes);
  const [summary] = event.get(5) ?? [];
  const values = summary === undefined ? [] : (readMessage(summary as Uint8Array).get(1) ?? []);
  const [version] = event.get(3) ?? [];
  const [session] = event.get(7) ?? [];
  return {
    step: event.get(2)?.[0] as number,
    ...(version === undefined ? {} : { version: Buffer.from(version as Uint8Array).toString() }),
    ...(session === undefined ? {} : { sessionStatus: readMessage(session as Uint8Array).get(1)?.[0] as number }),
    scalars: Object.fromEntries(
      values.map((value) => {
        const fields = readMessage(value as Uint8Array);
        return [Buffer.from(fields.get(1)?.[0] as Uint8Array).toString(), fields.get(2)?.[0] as number];
      }),
    ),
  };
}

async function eventsIn(path: string): Promise<ReadEvent[]> {
  return readRecords(await readFile(path)).map(readEvent);
}

describe('the frame of a record', () => {
  test('the reader here knows CRC32C (RFC 3720, appendix B.4)', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  test('holds any data, and their masked CRC', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (contents) => {
        const file = Buffer.concat(contents.map(tfRecord));
        expect(readRecords(file).map((data) => [...data])).toEqual(contents.map((content) => [...content]));
        for (const content of contents) expect(maskedCrc(content)).toBe(masked(content));
      }),
    );
  });
});

describe('an event', () => {
  test('holds any step a number can count to, and any tag', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.float({ noNaN: true })),
        (step, given) => {
          const scalars = Object.fromEntries(Object.entries(given).filter(([tag]) => tag !== '__proto__'));
          const event = readEvent(encodeEvent({ wallTime: 1.5e9, step, content: { kind: 'scalars', scalars } }));
          expect(event).toEqual({ step, scalars });
        },
      ),
    );
  });
});

describe('an event file', () => {
  test('begins with its version and has every number of every record', async () => {
    const file = await createEventFile(folder);
    await file.add(exampleTraining(50));
    await file.add(exampleEvaluation(100, { latentGain: 12.5 }));
    const [version, training, evaluation, ...rest] = await eventsIn(file.path);
    expect(version).toEqual({ step: 0, version: 'brain.Event:2', scalars: {} });
    expect(training?.step).toBe(50);
    expect(training?.scalars).toEqual({
      'train/total': Math.fround(1 / 51 + 0.1),
      'train/reconstruction': Math.fround(1 / 51),
      'train/offset': Math.fround(1 / 102),
      'train/pen': Math.fround(1 / 102),
      'train/kl': Math.fround(0.4),
      'schedule/learningRate': Math.fround(1e-3),
      'schedule/klWeight': 0.25,
      'speed/pointsPerSecond': 15_050,
      'steps/skipped': 0,
    });
    expect(evaluation?.step).toBe(100);
    expect(evaluation?.scalars).toMatchObject({ 'valid/kl': Math.fround(0.4), 'valid/latentGain': 12.5 });
    expect(rest).toEqual([]);
  });

  test('of a resumed run is another one, and takes back what was written after the checkpoint', async () => {
    const first = await createEventFile(folder);
    await first.add(exampleTraining(150));
    const before = await readFile(first.path);
    const resumed = await createEventFile(folder, 100);
    await resumed.add(exampleTraining(150));
    expect(await readFile(first.path)).toEqual(before);
    expect((await readdir(folder)).toSorted().map((name) => join(folder, name))).toEqual([first.path, resumed.path]);
    // SessionLog.START: a reader forgets the steps from this one on.
    expect((await eventsIn(resumed.path))[1]).toEqual({ step: 101, sessionStatus: 1, scalars: {} });
  });

  test('a record in which every step was skipped has no costs', async () => {
    const file = await createEventFile(folder);
    const { costs: _, ...skipped } = exampleTraining(50);
    await file.add({ ...skipped, skipped: 10 });
    const [, event] = await eventsIn(file.path);
    expect(Object.keys(event?.scalars ?? {}).filter((tag) => tag.startsWith('train/'))).toEqual([]);
    expect(event?.scalars['steps/skipped']).toBe(10);
  });
});
