'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '../frame/icon.tsx';
import { IconButton } from '../frame/icon-button.tsx';
import type { Drawing, DrawingAction } from './drawing.ts';

interface ToolsProps {
  readonly drawing: Drawing;
  readonly change: (action: DrawingAction) => void;
  /** What is drawn, in the visitor's language. */
  readonly name: string;
  /** Before the name, for those who do not see where it stands. */
  readonly subject: string;
  readonly onPick: () => void;
}

/** Back, forth, a new paper, and what is drawn. */
export function Tools({ drawing, change, name, subject, onPick }: ToolsProps) {
  const t = useTranslations('draw');
  const ways = [
    { kind: 'undo', disabled: drawing.past.length === 0 },
    { kind: 'redo', disabled: drawing.future.length === 0 },
    { kind: 'clear', disabled: drawing.present.length === 0 },
  ] as const;
  return (
    <div className="draw-tools">
      {ways.map(({ kind, disabled }) => (
        <IconButton key={kind} icon={kind} label={t(kind)} disabled={disabled} onClick={() => change({ kind })} />
      ))}
      <button type="button" className="button draw-class" aria-haspopup="dialog" onClick={onPick}>
        <Icon name="search" />
        <span className="unseen">{subject}: </span>
        <span>{name}</span>
      </button>
    </div>
  );
}
