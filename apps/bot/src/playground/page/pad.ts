/** A paper to draw on. */
type Point = [number, number];

export interface Pad {
  /** What was drawn, as a sketch file; undefined where nothing was. */
  sketch(): Blob | undefined;
  clear(): void;
}

export function openPad(canvas: HTMLCanvasElement): Pad {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  let strokes: Point[][] = [];
  let current: Point[] | undefined;

  const paint = (): void => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.lineWidth = 6;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = '#1f1d1a';
    for (const stroke of strokes) {
      context.beginPath();
      for (const [x, y] of stroke) context.lineTo(x, y);
      const [first] = stroke;
      if (stroke.length === 1 && first) context.lineTo(first[0], first[1] + 0.1);
      context.stroke();
    }
  };

  const pointOf = ({ offsetX, offsetY }: PointerEvent): Point => [
    Math.round((offsetX * canvas.width) / canvas.clientWidth),
    Math.round((offsetY * canvas.height) / canvas.clientHeight),
  ];

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    current = [pointOf(event)];
    strokes.push(current);
    paint();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!current) return;
    current.push(pointOf(event));
    paint();
  });
  for (const end of ['pointerup', 'pointercancel'] as const) canvas.addEventListener(end, () => (current = undefined));

  return {
    sketch() {
      if (strokes.length === 0) return undefined;
      const file = { format: 'sketch', version: 1, strokes };
      return new Blob([JSON.stringify(file)], { type: 'application/json' });
    },
    clear() {
      strokes = [];
      paint();
    },
  };
}
