/** Tells the line of a position, from 1; by halving, so that a file of many lines takes no longer than it must. */
export function lineCounter(text: string): (position: number) => number {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (position) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= position) low = middle
      else high = middle
    }
    return low + 1
  }
}
