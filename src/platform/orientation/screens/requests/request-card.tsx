import { useState } from 'react';
import type { ApiProblem } from '../../../../ui/api.ts';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { CheckIcon, CrossIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatMoment, formatTime } from '../../../../ui/time.ts';
import type { InboxItem } from '../../contract.ts';
import { Countdown } from '../ensus/countdown.tsx';
import { AcceptForm } from './accept-form.tsx';
import { RefuseForm } from './refuse-form.tsx';
import { endInWords, needInWords, stageOf } from './words.ts';
import css from './requests.module.css';

/** One request received. First gesture: accept or refuse; second: confirm, with the doctor when he is known. */
export function RequestCard({ item, onChanged }: { item: InboxItem; onChanged: () => void }) {
  const [gesture, setGesture] = useState<'accept' | 'name' | 'refuse' | null>(null);
  const [lost, setLost] = useState<ApiProblem | null>(null);
  const stage = stageOf(item.status);
  const done = () => (setGesture(null), onChanged());
  // Somebody, or time, was faster: said where the answer was being given, and kept there.
  const onProblem = (problem: ApiProblem) => {
    if (problem.code !== 'transition-impossible') return;
    setLost(problem);
    done();
  };
  return (
    <li className={cx(css.card, stage === 'done' && css.over)}>
      <Head item={item} />
      {lost && <Note tone="warn" live title="Votre réponse n’a pas été prise">{lost.message}</Note>}
      {stage === 'answer' && gesture === null && item.possible.includes('accept') && (
        <div className={css.gestures}>
          <Button look="main" wide onPress={() => setGesture('accept')}><CheckIcon /> Accepter…</Button>
          <Button wide onPress={() => setGesture('refuse')}><CrossIcon /> Refuser…</Button>
        </div>
      )}
      {stage === 'name' && gesture === null && item.possible.includes('name') && (
        <div className={css.gestures}><Button look="main" wide onPress={() => setGesture('name')}>Nommer le médecin…</Button></div>
      )}
      {(gesture === 'accept' || gesture === 'name') && <AcceptForm item={item} action={gesture} onDone={done} onBack={() => setGesture(null)} onProblem={onProblem} />}
      {gesture === 'refuse' && <RefuseForm item={item} onDone={done} onBack={() => setGesture(null)} onProblem={onProblem} />}
    </li>
  );
}

function Head({ item }: { item: InboxItem }) {
  const zone = useZone();
  const present = useNow();
  const stage = stageOf(item.status);
  const end = stage === 'done' ? endInWords(item.status) : null;
  const when = item.start ?? item.wantedAt;
  return (
    <div className={css.head}>
      <div>
        <h3>{formatMoment(when, zone, present)}</h3>
        <p>{needInWords(item)}</p>
        <p className={css.soft}>{item.structureId ? `Pour ${item.forLabel}` : 'Pour vous'}, demandé à {formatTime(item.askedAt, zone)}{item.doctor && ` · ${item.doctor.name}`}</p>
      </div>
      {item.remainingMs !== null && <Countdown remainingMs={item.remainingMs} of={item.orientationId} />}
      {item.status === 'SOLLICITE' && <Badge tone="accent">La régulation vous appelle</Badge>}
      {end && <Badge tone={end.tone}>{end.words}</Badge>}
    </div>
  );
}
