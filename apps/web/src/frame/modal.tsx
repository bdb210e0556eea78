'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import './modal.css';

interface ModalProps {
  readonly open: boolean;
  readonly label: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A window over the page: the browser's own dialog, which keeps the focus and knows Escape.
 *
 * What is in it is there only while it is open.
 */
export function Modal({ open, label, className, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) currentTarget.close();
      }}
    >
      {open && <div className="modal-inside">{children}</div>}
    </dialog>
  );
}
