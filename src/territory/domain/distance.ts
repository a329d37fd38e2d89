interface Position {
  readonly lat: number;
  readonly lon: number;
}

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine, mean radius of the Earth). */
export function distanceM(a: Position, b: Position): number {
  const sinLat = Math.sin(radians(b.lat - a.lat) / 2);
  const sinLon = Math.sin(radians(b.lon - a.lon) / 2);
  const h = sinLat * sinLat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The smallest box of latitudes and longitudes that holds the circle. */
export function boxAround({ lat, lon }: Position, radiusM: number) {
  const dLat = (radiusM / EARTH_RADIUS_M) * (180 / Math.PI);
  const widest = Math.cos(radians(Math.min(89, Math.abs(lat) + dLat)));
  const dLon = dLat / widest;
  return { south: lat - dLat, north: lat + dLat, west: lon - dLon, east: lon + dLon };
}
