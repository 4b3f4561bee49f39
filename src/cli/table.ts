const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

/** Cells a terminal gives the text: Chinese, Japanese and Korean letters and emoji take two. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of text) {
    if (/\p{Mark}|\u200d|\ufe0f/u.test(letter)) continue
    width += wide.test(letter) ? 2 : 1
  }
  return width
}

/** Lines with aligned columns, numbers to the right. Control characters are shown as spaces: the words come from elsewhere. */
export function table(head: string[], rows: (string | number | undefined)[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => String(cell ?? '').replace(/\p{Cc}/gu, ' ')))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))))
  const isNumber = head.map((_, column) => rows.every((row) => ['number', 'undefined'].includes(typeof row[column])))
  return cells
    .map((row) =>
      row
        .map((cell, column) => {
          const gap = ' '.repeat(widths[column]! - widthOf(cell))
          return isNumber[column] ? gap + cell : cell + gap
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
