'use client';

import { select } from 'd3-selection';
import { type D3ZoomEvent, zoom, type ZoomBehavior, zoomIdentity } from 'd3-zoom';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { FINEST, HALF, type View } from './landscape.ts';

/** Closest look: squares of the finest level at twice their smallest size. */
const CLOSEST = 2 ** FINEST * 1.8;

export interface ViewHandle {
  readonly view: View;
  /** Size of the screen part, px; 0 until it is known. */
  readonly width: number;
  readonly height: number;
  readonly zoomBy: (factor: number) => void;
  /** Brings a point of the sheet into view where it is not, px. */
  readonly reveal: (x: number, y: number) => void;
}

/** Pan and zoom of the landscape by pointer, wheel and pinch; as it begins it fills the screen. */
export function useView(svg: RefObject<SVGSVGElement | null>): ViewHandle {
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0 });
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown>>(undefined);

  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      setSize({ width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [svg]);

  useEffect(() => {
    if (!svg.current || width === 0 || height === 0) return;
    const surface = select<SVGSVGElement, unknown>(svg.current);
    const filling = Math.max(width, height) / (2 * HALF);
    const zooming = zoom<SVGSVGElement, unknown>()
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [-HALF, -HALF],
        [HALF, HALF],
      ])
      .scaleExtent([Math.min(width, height) / (2 * HALF), CLOSEST])
      .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) =>
        setView({ scale: transform.k, x: transform.x, y: transform.y }),
      );
    behaviour.current = zooming;
    // A second click is a click: it opens.
    surface.call(zooming).on('dblclick.zoom', null);
    zooming.transform(surface, zoomIdentity.translate(width / 2, height / 2).scale(filling));
    return () => void surface.on('.zoom', null);
  }, [svg, width, height]);

  return useMemo(
    () => ({
      view,
      width,
      height,
      zoomBy(factor) {
        if (svg.current) behaviour.current?.scaleBy(select<SVGSVGElement, unknown>(svg.current), factor);
      },
      reveal(x, y) {
        const margin = 40;
        const [left, top] = [x * view.scale + view.x, y * view.scale + view.y];
        if (left > margin && left < width - margin && top > margin && top < height - margin) return;
        if (svg.current) behaviour.current?.translateTo(select<SVGSVGElement, unknown>(svg.current), x, y);
      },
    }),
    [svg, view, width, height],
  );
}
