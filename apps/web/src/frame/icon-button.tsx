import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
  readonly icon: IconName;
  /** What it does: read aloud, and shown where the pointer rests. */
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** A button that is an icon alone. */
export function IconButton({ icon, label, onClick, disabled = false, className = '' }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`button button-icon ${className}`.trimEnd()}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
