export interface Point {
  readonly x: number;
  readonly y: number;
}

const COMMAND = /([a-z])([^a-z]*)/gi;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi;

/** How many numbers a command takes each time, and which of them are points: the index of each x. */
const COMMANDS: Readonly<Record<string, { readonly count: number; readonly points: readonly number[] }>> = {
  m: { count: 2, points: [0] },
  l: { count: 2, points: [0] },
  t: { count: 2, points: [0] },
  q: { count: 4, points: [0, 2] },
  s: { count: 4, points: [0, 2] },
  c: { count: 6, points: [0, 2, 4] },
  a: { count: 7, points: [5] },
};

/** The points of a path, those that pull its curves among them: around all of them is never less than around the path. */
export const pointsOfPath = (data: string): Point[] => {
  const points: Point[] = [];
  let at: Point = { x: 0, y: 0 };
  const add = (point: Point): void => {
    points.push(point);
    at = point;
  };
  for (const [, letter = '', rest = ''] of data.matchAll(COMMAND)) {
    const name = letter.toLowerCase();
    const isRelative = letter === name;
    const numbers = (rest.match(NUMBER) ?? []).map(Number);
    if (name === 'h') for (const x of numbers) add({ x: isRelative ? at.x + x : x, y: at.y });
    if (name === 'v') for (const y of numbers) add({ x: at.x, y: isRelative ? at.y + y : y });
    const command = COMMANDS[name];
    if (!command) continue;
    for (let start = 0; start + command.count <= numbers.length; start += command.count) {
      const from = isRelative ? at : { x: 0, y: 0 };
      for (const index of command.points)
        add({ x: from.x + (numbers[start + index] ?? 0), y: from.y + (numbers[start + index + 1] ?? 0) });
    }
  }
  return points;
};

/** The points of a polygon. */
export const pointsOfList = (list: string): Point[] => {
  const numbers = (list.match(NUMBER) ?? []).map(Number);
  return numbers.flatMap((x, index) => (index % 2 === 0 ? [{ x, y: numbers[index + 1] ?? 0 }] : []));
};

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

/** How long the way along points is. */
export const lengthOf = (points: readonly Point[]): number =>
  points.reduce((sum, point, index) => sum + distance(points[index - 1] ?? point, point), 0);

/** Where one is after so much of the way along points. */
export const pointAt = (points: readonly Point[], length: number): Point => {
  let left = length;
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (!next) return point;
    const step = distance(point, next);
    if (step > 0 && left <= step) {
      const part = Math.max(0, left / step);
      return { x: point.x + (next.x - point.x) * part, y: point.y + (next.y - point.y) * part };
    }
    left -= step;
  }
  return { x: 0, y: 0 };
};
