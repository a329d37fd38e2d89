import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import * as maplibre from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import { cx } from './class-names.ts';
import { groupImages } from './outline-images.ts';
import { GROUPS, outlineStyle, type MapColours, type Outline } from './outline-style.ts';
import { useShownTheme } from './theme.ts';
import css from './outline-map.module.css';

export interface Pin {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** What is written in the pin; empty pins are dots. */
  readonly text: string;
  readonly title: string;
}

export interface OutlineMapProps {
  readonly label: string;
  readonly outlines: readonly Outline[];
  /** The circle searched; null draws none. */
  readonly center: { readonly lat: number; readonly lon: number; readonly radiusKm: number } | null;
  readonly pins: readonly Pin[];
  /** What is in sight at first: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

const fitting = { padding: 44, maxZoom: 14 };

maplibre.setWorkerUrl(workerUrl);

/**
 * A map that needs no network: communes as points or contours with their names, the circle searched, numbered pins. It
 * repeats a list that is complete without it: pins answer to the mouse only. Throws when the workstation cannot draw it.
 */
export default function OutlineMap({ label, outlines, center, pins, bounds, selected, onSelect }: OutlineMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<maplibre.Map | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const theme = useShownTheme();
  if (failure) throw failure;

  useEffect(() => {
    let made: maplibre.Map;
    try {
      made = new maplibre.Map({
        container: box.current!,
        style: outlineStyle(outlines, center, coloursOf(box.current!)),
        bounds: [...bounds],
        fitBoundsOptions: fitting,
        attributionControl: false,
        keyboard: false,
        dragRotate: false,
        pitchWithRotate: false,
        fadeDuration: 0,
      });
    } catch (error) {
      return setFailure(error as Error);
    }
    made.touchZoomRotate.disableRotation();
    // Each style starts without images.
    made.on('style.load', () => {
      for (const { id, image } of groupImages(coloursOf(box.current!))) if (!made.hasImage(id)) made.addImage(id, image, { pixelRatio: 2 });
    });
    made.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
    made.addControl(new maplibre.ScaleControl({ unit: 'metric' }), 'bottom-left');
    for (const element of box.current!.querySelectorAll<HTMLElement>('canvas, button')) element.tabIndex = -1;
    setMap(made);
    return () => made.remove();
  }, []);

  useEffect(() => {
    map?.setStyle(outlineStyle(outlines, center, coloursOf(box.current!)), { diff: false });
  }, [map, outlines, center?.lat, center?.lon, center?.radiusKm, theme]);

  useEffect(() => {
    map?.fitBounds([...bounds], { ...fitting, duration: 0 });
  }, [map, ...bounds]);

  useEffect(() => {
    if (!map) return;
    const markers = pins.map((pin, at) => {
      const element = Object.assign(document.createElement('div'), { className: cx(css.pin, !pin.text && css.dot), textContent: pin.text, title: pin.title });
      element.dataset.pin = pin.id;
      // The first of the list stay in sight where pins overlap.
      element.style.zIndex = String(pins.length - at);
      element.addEventListener('click', () => onSelect(pin.id));
      return new maplibre.Marker({ element }).setLngLat([pin.lon, pin.lat]).addTo(map);
    });
    return () => markers.forEach((marker) => marker.remove());
  }, [map, pins, onSelect]);

  useEffect(() => {
    if (!map) return;
    for (const element of box.current!.querySelectorAll<HTMLElement>('[data-pin]')) element.classList.toggle(css.chosen!, element.dataset.pin === selected);
    const pin = pins.find(({ id }) => id === selected);
    if (pin && !map.getBounds().contains([pin.lon, pin.lat])) map.easeTo({ center: [pin.lon, pin.lat], duration: 300 });
  }, [map, pins, selected]);

  return (
    <div className={css.map} role="group" aria-label={label}>
      <div ref={box} className={css.box} aria-hidden="true" />
    </div>
  );
}

/** The tokens of the theme as the colours that a canvas needs. */
function coloursOf(element: HTMLElement): MapColours {
  const probe = element.appendChild(document.createElement('span'));
  const read = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = { ground: read('sunken'), area: read('surface'), line: read('line'), dot: read('line-strong'), words: read('ink-soft'), ring: read('accent'), groups: Array.from({ length: GROUPS }, (_, group) => read(`group-${group + 1}`)) };
  probe.remove();
  return colours;
}
