/** Whether an engine runs here, and what to do about it if not. */
export type Availability =
  | { readonly runs: true; readonly gpu: boolean; readonly detail: string }
  | { readonly runs: false; readonly detail: string; readonly remedy: string };
