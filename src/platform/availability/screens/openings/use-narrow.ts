import { useSyncExternalStore } from 'react';

const narrow = () => matchMedia('(max-width: 760px)');

/** True on a phone: the week becomes a day. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const media = narrow();
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => narrow().matches,
  );
