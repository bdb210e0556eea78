import type { Asking } from '../asking.ts';
import { writeId } from '../custom-id.ts';
import { TEMPERATURE, WARMTH } from '../limits.ts';
import type { Button } from '../reply.ts';
import { fieldsOf, type Wanted, wantedId } from './wanted.ts';

/** A picture with its seed. */
export type Made = Wanted & { readonly seed: number };

/** Buttons that make the picture anew, under another seed or temperature. */
export function redrawButtons(action: 'draw' | 'finish', made: Made, { text }: Pick<Asking, 'text'>): Button[] {
  const { temperature } = made;
  const warmed = (by: number): number =>
    Math.round(100 * Math.min(TEMPERATURE.most, Math.max(TEMPERATURE.least, temperature + by))) / 100;
  return [
    ...button({ label: text.again, emoji: '🎲', id: wantedId(action, { ...made, seed: undefined }) }),
    ...button({
      label: text.hotter,
      emoji: '🔥',
      id: wantedId(action, { ...made, temperature: warmed(WARMTH) }),
      disabled: temperature >= TEMPERATURE.most,
    }),
    ...button({
      label: text.cooler,
      emoji: '❄️',
      id: wantedId(action, { ...made, temperature: warmed(-WARMTH) }),
      disabled: temperature <= TEMPERATURE.least,
    }),
  ];
}

/** The button that gives the drawing as files. */
export function filesButton(action: 'draw' | 'finish', made: Made, { text }: Pick<Asking, 'text'>): Button[] {
  return button({ label: text.asSvg, emoji: '📐', id: writeId('files', action, ...fieldsOf(made)) });
}

/** The button that asks what the class should turn into. */
export function morphButton({ className }: Made, { text }: Pick<Asking, 'text'>): Button[] {
  return button({ label: text.morphWith, emoji: '🪄', id: writeId('become', className) });
}

/** The asker's button to delete the answer. */
export function removeButton({ text, user }: Pick<Asking, 'text' | 'user'>): Button[] {
  return button({ label: text.remove, emoji: '🗑️', id: writeId('delete', user) });
}

/** A button in a list; an empty list where its `custom_id` would be too long. */
export function button({
  id,
  ...rest
}: {
  readonly label: string;
  readonly emoji: string;
  readonly id: string | undefined;
  readonly disabled?: boolean;
}): Button[] {
  return id === undefined ? [] : [{ ...rest, id }];
}
