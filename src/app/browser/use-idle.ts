import { useEffect, useEffectEvent } from 'react';

/** A workstation that nobody touches for this long locks itself (SEC-10). */
const IDLE_MS = 15 * 60_000;
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Calls back once nobody has touched the keyboard or the pointer for a quarter of an hour. */
export function useIdle(onIdle: () => void, enabled: boolean): void {
  const told = useEffectEvent(onIdle);
  useEffect(() => {
    if (!enabled) return;
    let timer = setTimeout(() => told(), IDLE_MS);
    const wake = () => {
      clearTimeout(timer);
      timer = setTimeout(() => told(), IDLE_MS);
    };
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, wake, { passive: true, capture: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, wake, { capture: true });
    };
  }, [enabled]);
}
