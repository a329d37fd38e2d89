import { useEffect, useState } from 'react';

const BEEP_EVERY_MS = 2_000;

/**
 * What reaches a doctor who looks elsewhere: the title of the window says `title` as long as something waits, and a beep
 * sounds once it is late. `silent` cuts the sound until the next alarm.
 */
export function useAlarm(title: string | null, late: boolean): { readonly silent: boolean; readonly setSilent: (silent: boolean) => void } {
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (title === null) return;
    const before = document.title;
    document.title = `⬣ ${title}`;
    return () => void (document.title = before);
  }, [title]);
  useEffect(() => {
    if (!late) return setSilent(false);
    if (silent) return;
    const sound = new AudioContext();
    const timer = setInterval(() => beep(sound), BEEP_EVERY_MS);
    beep(sound);
    return () => {
      clearInterval(timer);
      void sound.close();
    };
  }, [late, silent]);
  return { silent, setSilent };
}

function beep(sound: AudioContext): void {
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.15, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.35);
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.4);
}
