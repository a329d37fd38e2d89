/**
 * How the server fails, on order. `refused`: nobody listens; `temporary`: "come back later"; `cut`: the message is kept and
 * the connection cut before the answer.
 */
export const faults = ['none', 'refused', 'temporary', 'cut'] as const;
export type Fault = (typeof faults)[number];
export const isFault = (text: unknown): text is Fault => (faults as readonly unknown[]).includes(text);

export const faultWords: Record<Fault, string> = {
  none: 'Tout fonctionne', refused: 'En panne : plus personne ne répond', temporary: 'En panne : « revenez plus tard »', cut: 'En panne : reçoit, puis coupe sans répondre',
};
