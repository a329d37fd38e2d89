import { useEffect } from 'react';

/** Prints what was drawn for paper once it is there (`wanted`); `onDone` when the print window is closed. */
export function usePrinting(wanted: boolean, onDone: () => void): void {
  useEffect(() => {
    if (!wanted) return;
    window.addEventListener('afterprint', onDone, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onDone);
  }, [wanted]);
}
