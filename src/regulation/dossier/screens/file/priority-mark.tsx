import { PriorityMark as Mark } from '../../../../ui/priority-mark.tsx';
import type { Priority } from '../../contract.ts';
import { priorityWords } from './words.ts';

/** The priority of a dossier, as shape and word. */
export const PriorityMark = ({ priority, large = false }: { priority: Priority; large?: boolean }) => <Mark priority={priority} large={large} title={priorityWords[priority]} />;
