import type { ReactNode } from 'react';
import { CabinetIcon, HomeIcon, VideoIcon } from '../../../../ui/icons.tsx';
import type { Modality } from '../../../availability/contract.ts';

export const modalityIcons: Record<Modality, ReactNode> = { AMB: <CabinetIcon />, HH: <HomeIcon />, VR: <VideoIcon /> };

/** One word each: what stands in a slot's chip. */
export const modalityWords: Record<Modality, string> = { AMB: 'cabinet', HH: 'domicile', VR: 'vidéo' };
