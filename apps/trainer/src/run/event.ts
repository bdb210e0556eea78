/**
 * TensorBoard's `Event` (tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto) in protobuf's wire format:
 * each field a varint of (number << 3 | wire type), then its value. Only the fields that are written here.
 */

/** What happened at a step. */
export type EventContent =
  /** The first event of every file. */
  | { readonly kind: 'version' }
  /** A run goes on at this step: what older files say of it and of later ones no longer counts. */
  | { readonly kind: 'resumed' }
  | { readonly kind: 'scalars'; readonly scalars: Readonly<Record<string, number>> };

export interface Event {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly content: EventContent;
}

/** The bytes of an event. */
export function encodeEvent({ wallTime, step, content }: Event): Uint8Array {
  return message(double(1, wallTime), varint(2, step), contentField(content));
}

function contentField(content: EventContent): Uint8Array {
  switch (content.kind) {
    case 'version':
      return bytes(3, Buffer.from('brain.Event:2'));
    case 'resumed':
      // session_log { status: START }
      return bytes(7, varint(1, 1));
    case 'scalars': {
      const values = Object.entries(content.scalars).map(([tag, value]) =>
        // summary.value { tag, simple_value }
        bytes(1, message(bytes(1, Buffer.from(tag)), float(2, value))),
      );
      return bytes(5, message(...values));
    }
  }
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

function varint(field: number, value: number): Uint8Array {
  return message(key(field, VARINT), base128(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return message(key(field, LENGTH_DELIMITED), base128(value.length), value);
}

function double(field: number, value: number): Uint8Array {
  const fixed = Buffer.alloc(8);
  fixed.writeDoubleLE(value);
  return message(key(field, FIXED64), fixed);
}

function float(field: number, value: number): Uint8Array {
  const fixed = Buffer.alloc(4);
  fixed.writeFloatLE(value);
  return message(key(field, FIXED32), fixed);
}

function key(field: number, wireType: number): Uint8Array {
  return base128((field << 3) | wireType);
}

/** Seven bits a byte, lowest first, the top bit says that more follow; safe integers at least 0. */
function base128(value: number): Uint8Array {
  const groups: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    groups.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.of(...groups, rest);
}
