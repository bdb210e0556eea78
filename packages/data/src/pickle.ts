/**
 * Reads Python pickles, protocols 2 to 5 (CPython `Lib/pickletools.py`), as data.
 *
 * A pickle is a program for a stack machine that may name any function of Python and call it. Here a name is looked up in
 * the list the caller gives; any other ends the reading. Nothing of what a pickle says is executed.
 */
import { strFromU8 } from 'fflate';
import { cursorOver } from './cursor.ts';
import { DataError } from './error.ts';

/** What a pickle holds. Tuples and lists are both arrays; Python 2's `str` and `bytes` are bytes. */
export type Value = null | boolean | number | bigint | string | Uint8Array | Value[] | PickleObject;

/** An object made by one of the functions the caller allows. */
export interface PickleObject {
  readonly type: string;
}

/** A name that a pickle may use, `module name` for what Python calls `module.name`. */
export interface Global extends PickleObject {
  readonly type: 'global';
  /** What calling it gives; a name without it can only be passed on. */
  readonly call?: (args: readonly Value[], where: string) => Value;
}

export interface PickleOptions {
  readonly where: string;
  readonly globals: ReadonlyMap<string, Global>;
  /** Gives an object the state that was saved with it. */
  readonly build: (target: Value, state: Value, where: string) => void;
}

/** Reads the one value of a pickle. */
export function unpickle(bytes: Uint8Array, options: PickleOptions): Value {
  const { where, globals, build } = options;
  const input = cursorOver(bytes, (at) => damaged(where, 'the end of the file', at));
  const marks: number[] = [];
  const memo = new Map<number, Value>();
  const stack: Value[] = [];

  const pop = (): Value => {
    const value = stack.length > (marks.at(-1) ?? 0) ? stack.pop() : undefined;
    if (value === undefined) throw damaged(where, 'a value that is missing', input.at());
    return value;
  };
  const popMark = (): Value[] => {
    const mark = marks.pop();
    if (mark === undefined) throw damaged(where, 'a mark that is missing', input.at());
    return stack.splice(mark);
  };
  const append = (values: readonly Value[]): void => {
    const list = stack.at(-1);
    if (!Array.isArray(list)) throw damaged(where, 'items without a list', input.at());
    // One by one: a spread of 100,000 items overflows the stack.
    for (const value of values) list.push(value);
  };
  const recall = (index: number): Value => {
    const value = memo.get(index);
    if (value === undefined) throw damaged(where, `a reference to nothing (${index})`, input.at());
    return value;
  };
  const remember = (index: number): void => {
    const value = pop();
    memo.set(index, value);
    stack.push(value);
  };
  const find = (module: Value, name: Value): Value => {
    if (typeof module !== 'string' || typeof name !== 'string')
      throw damaged(where, 'a name that is no text', input.at());
    const found = globals.get(`${module} ${name}`);
    if (found) return found;
    throw new DataError(
      `${where}: expected arrays of numbers and nothing else, got a pickle that names ${module}.${name} - do not load it in Python: it may run a program there`,
    );
  };

  for (;;) {
    const opcode = input.u8();
    switch (opcode) {
      case 0x80: // PROTO
        checkProtocol(input.u8(), where);
        break;
      case 0x95: // FRAME: says how far to read ahead
        input.take(8);
        break;
      case 0x2e: // STOP
        return pop();
      case 0x30: // POP
        pop();
        break;
      case 0x28: // MARK
        marks.push(stack.length);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
        stack.push(true);
        break;
      case 0x89: // NEWFALSE
        stack.push(false);
        break;
      case 0x4b: // BININT1
        stack.push(input.u8());
        break;
      case 0x4d: // BININT2
        stack.push(input.size(2));
        break;
      case 0x4a: // BININT
        stack.push(input.i32());
        break;
      case 0x8a: // LONG1
        stack.push(integer(input.take(input.u8())));
        break;
      case 0x47: // BINFLOAT
        stack.push(input.f64());
        break;
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
        stack.push(input.take(input.u8()));
        break;
      case 0x54: // BINSTRING
      case 0x42: // BINBYTES
        stack.push(input.take(input.size(4)));
        break;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        stack.push(input.take(input.size(8)));
        break;
      case 0x8c: // SHORT_BINUNICODE
        stack.push(strFromU8(input.take(input.u8())));
        break;
      case 0x58: // BINUNICODE
        stack.push(strFromU8(input.take(input.size(4))));
        break;
      case 0x8d: // BINUNICODE8
        stack.push(strFromU8(input.take(input.size(8))));
        break;
      case 0x29: // EMPTY_TUPLE
      case 0x5d: // EMPTY_LIST
        stack.push([]);
        break;
      case 0x74: // TUPLE
        stack.push(popMark());
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        stack.push(Array.from({ length: opcode - 0x84 }, pop).toReversed());
        break;
      case 0x61: // APPEND
        append([pop()]);
        break;
      case 0x65: // APPENDS
        append(popMark());
        break;
      case 0x71: // BINPUT
        remember(input.u8());
        break;
      case 0x72: // LONG_BINPUT
        remember(input.size(4));
        break;
      case 0x94: // MEMOIZE
        remember(memo.size);
        break;
      case 0x68: // BINGET
        stack.push(recall(input.u8()));
        break;
      case 0x6a: // LONG_BINGET
        stack.push(recall(input.size(4)));
        break;
      case 0x63: // GLOBAL
        stack.push(find(input.line(), input.line()));
        break;
      case 0x93: {
        // STACK_GLOBAL
        const name = pop();
        stack.push(find(pop(), name));
        break;
      }
      case 0x52: {
        // REDUCE
        const args = pop();
        stack.push(call(pop(), args, where));
        break;
      }
      case 0x62: {
        // BUILD
        const state = pop();
        const target = pop();
        build(target, state, where);
        stack.push(target);
        break;
      }
      default:
        throw damaged(where, `opcode 0x${opcode.toString(16)}`, input.at());
    }
  }
}

function call(target: Value, args: Value, where: string): Value {
  if (isGlobal(target) && target.call && Array.isArray(args)) return target.call(args, where);
  throw new DataError(
    `${where}: expected a call of a known function, got one of something else - the pickle is damaged`,
  );
}

function isGlobal(value: Value): value is Global {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'global';
}

function checkProtocol(protocol: number, where: string): void {
  if (protocol >= 2 && protocol <= 5) return;
  throw new DataError(`${where}: expected pickle protocol 2 to 5, got ${protocol} - save the file with numpy again`);
}

/** A two's complement integer of any length, little-endian. */
function integer(bytes: Uint8Array): number | bigint {
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

function damaged(where: string, got: string, at: number): DataError {
  return new DataError(
    `${where}: expected a whole pickle, got ${got} at byte ${at} - the file is damaged; save or fetch it again`,
  );
}
