/** Where text goes: `process.stderr`, or an array in tests. */
export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a verb tells people while it works: on stderr, so that stdout holds the result alone. */
export interface Log {
  /** Whether `status` is shown. */
  readonly live: boolean;
  /** A line that stays. */
  readonly line: (text: string) => void;
  /** A line on a terminal that the next one replaces; nothing elsewhere. */
  readonly status: (text: string) => void;
}

/** Back to the start of the line, and clear it. */
const CLEAR = '\r\u001b[2K';

export function logTo(sink: Sink): Log & { /** Takes a status line away. */ readonly clear: () => void } {
  const live = sink.isTTY === true;
  let shown = false;
  const clear = (): void => {
    if (shown) sink.write(CLEAR);
    shown = false;
  };
  return {
    live,
    clear,
    line(text) {
      clear();
      sink.write(`${text}\n`);
    },
    status(text) {
      if (!live) return;
      clear();
      sink.write(text);
      shown = true;
    },
  };
}
