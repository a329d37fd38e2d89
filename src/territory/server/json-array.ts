/**
 * Cuts the objects out of the first array of a JSON text as it streams by (a plain array, or the `features` of a GeoJSON
 * collection), without ever holding more than one of them. Gives each object's text.
 */
export async function* objectsOfFirstArray(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let depth = 0;
  let arrayDepth = 0;
  let inString = false;
  let escaped = false;
  let object = '';
  for await (const chunk of chunks) {
    let start = object ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const character = chunk[i];
      if (inString) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inString = false;
      } else if (character === '"') {
        inString = true;
      } else if (character === '[' || character === '{') {
        depth += 1;
        if (character === '[' && arrayDepth === 0) arrayDepth = depth;
        else if (character === '{' && arrayDepth > 0 && depth === arrayDepth + 1) start = i;
      } else if (character === ']' || character === '}') {
        if (depth === arrayDepth) return;
        depth -= 1;
        if (character === '}' && depth === arrayDepth && start >= 0) {
          yield object + chunk.slice(start, i + 1);
          object = '';
          start = -1;
        }
      }
    }
    if (start >= 0) object += chunk.slice(start);
  }
}
