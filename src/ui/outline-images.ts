import type { MapColours } from './outline-style.ts';

const SIDE = 28;
type Pen = CanvasRenderingContext2D;

/** The shapes that stand for groups on points, in their order. */
const shapes: readonly ((pen: Pen) => void)[] = [
  (pen) => pen.arc(14, 14, 9, 0, 2 * Math.PI),
  (pen) => pen.rect(6, 6, 16, 16),
  (pen) => polygon(pen, [[14, 4], [24, 22], [4, 22]]),
  (pen) => polygon(pen, [[14, 3], [25, 14], [14, 25], [3, 14]]),
  (pen) => polygon(pen, [[10, 3], [18, 3], [18, 10], [25, 10], [25, 18], [18, 18], [18, 25], [10, 25], [10, 18], [3, 18], [3, 10], [10, 10]]),
  (pen) => polygon(pen, [[4, 6], [24, 6], [14, 24]]),
];

/** The hatching of groups on areas: lines from one point to another of a tile that repeats. */
const hatches: readonly (readonly [number, number, number, number][])[] = [
  [[0, SIDE, SIDE, 0]], [[0, 0, SIDE, SIDE]], [[0, 14, SIDE, 14]], [[14, 0, 14, SIDE]], [[0, SIDE, SIDE, 0], [0, 0, SIDE, SIDE]], [[0, 14, SIDE, 14], [14, 0, 14, SIDE]],
];

/** The images `shape-N` and `hatch-N` of every group. */
export const groupImages = ({ groups, ground }: MapColours): { id: string; image: ImageData }[] =>
  groups.flatMap((colour, group) => [
    { id: `shape-${group}`, image: drawn((pen) => fillShape(pen, group, colour, ground)) },
    { id: `hatch-${group}`, image: drawn((pen) => strokeHatch(pen, group, colour)) },
  ]);

function drawn(draw: (pen: Pen) => void): ImageData {
  const pen = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE }).getContext('2d')!;
  pen.beginPath();
  draw(pen);
  pen.stroke();
  return pen.getImageData(0, 0, SIDE, SIDE);
}

function fillShape(pen: Pen, group: number, colour: string, ground: string): void {
  shapes[group]!(pen);
  Object.assign(pen, { fillStyle: colour, strokeStyle: ground, lineWidth: 2 });
  pen.fill();
}

function strokeHatch(pen: Pen, group: number, colour: string): void {
  for (const [x1, y1, x2, y2] of hatches[group]!) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  Object.assign(pen, { strokeStyle: colour, lineWidth: 3, globalAlpha: 0.55 });
}

function polygon(pen: Pen, points: readonly (readonly [number, number])[]): void {
  points.forEach(([x, y], at) => (at === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.closePath();
}
