/** Where the simulated time stood at a real instant, and how fast it runs; all in milliseconds since the epoch. */
export interface Anchor {
  readonly real: number;
  readonly simulated: number;
  /** 1 to 60. */
  readonly speed: number;
}

export interface SimulatedClock {
  readonly anchor: Anchor;
  now(): number;
  /** Real milliseconds until a simulated instant. */
  until(simulated: number): number;
  setSpeed(speed: number): Anchor;
}

export const MAX_SPEED = 60;

/** A clock that runs `speed` times faster than `realNow`. @throws when the speed is not between 1 and 60 */
export function simulatedClock(first: Anchor, realNow: () => number): SimulatedClock {
  let anchor = checked(first);
  const now = () => Math.floor(anchor.simulated + (realNow() - anchor.real) * anchor.speed);
  return {
    get anchor() {
      return anchor;
    },
    now,
    until: (simulated) => Math.max(0, (simulated - now()) / anchor.speed),
    setSpeed(speed) {
      anchor = checked({ real: realNow(), simulated: now(), speed });
      return anchor;
    },
  };
}

function checked(anchor: Anchor): Anchor {
  if (!(anchor.speed >= 1 && anchor.speed <= MAX_SPEED)) throw new Error(`vitesse de 1 à ${MAX_SPEED} attendue`);
  return anchor;
}
