import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Nothing moves under the pointer: when items grow or appear, the scroll follows so that the item pointed at (else the one
 * with the focus, else the first in sight of a list already scrolled) stays where it is. Items carry `data-still`.
 */
export function useStillList(scroller: RefObject<HTMLElement | null>): void {
  const anchor = useRef<{ item: Element; top: number } | null>(null);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (anchor.current?.item.isConnected) box.scrollTop += anchor.current.item.getBoundingClientRect().top - anchor.current.top;
    const measure = () => {
      const item = pick(box);
      anchor.current = item && { item, top: item.getBoundingClientRect().top };
    };
    measure();
    const events = ['scroll', 'pointerover', 'pointerleave', 'focusin', 'focusout'] as const;
    for (const event of events) box.addEventListener(event, measure, { passive: true });
    return () => {
      for (const event of events) box.removeEventListener(event, measure);
    };
  });
}

function pick(box: HTMLElement): Element | null {
  const own = box.querySelector('[data-still]:hover') ?? box.querySelector('[data-still]:focus-within');
  if (own || box.scrollTop === 0) return own;
  const edge = box.getBoundingClientRect().top;
  return [...box.querySelectorAll('[data-still]')].find((item) => item.getBoundingClientRect().bottom > edge) ?? null;
}
