import type { MspRatio } from '../contract.ts';

/** STR-07: what values an MSP in its ACI: all its doctors take part, or half of them, or it takes every request of the SAS. */
export function mspRatio({ doctors, participating, takesAll }: { doctors: number; participating: number; takesAll: boolean }): MspRatio {
  const level = doctors > 0 && participating >= doctors ? 'all' : doctors > 0 && participating * 2 >= doctors ? 'half' : 'less';
  return { doctors, participating, takesAll, level, valued: level !== 'less' || takesAll };
}
