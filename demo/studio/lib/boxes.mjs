/** A box is written for every so many-th frame; CVAT's tracks are linear in between. */
const every = 3
/** Of a product less than this share is to be seen: it counts as occluded. */
const enough = 0.55

const offPicture = ({ x, y }) => x < 0.04 || x > 0.96 || y < 0.05 || y > 0.95
const pixels = (value) => value.toFixed(1)

/**
 * The measured boxes as “CVAT for video” 1.1, as an annotator would export them: one track for each product of each shot,
 * occluded while something stands in front of it, outside where it is off the picture or cut away.
 */
export function boxesOf(film, { title, width, height, frameRate }) {
  const lines = []
  let first = 0
  let id = 0
  for (const { frames, seconds } of film) {
    const count = Math.round(seconds * frameRate)
    for (const slug of Object.keys(frames[0])) {
      lines.push(`  <track id="${id++}" label="${slug}" source="file">`)
      for (let n = 0; n < count; n += every) lines.push(boxLine(first + n, frames[n][slug], width, height))
      // The cut: from here on the product is nowhere.
      lines.push(boxLine(first + count, frames[count - 1][slug], width, height, true), '  </track>')
    }
    first += count
  }
  const meta = `<meta><task><name>${title}</name><size>${first}</size><mode>interpolation</mode><original_size><width>${width}</width><height>${height}</height></original_size></task></meta>`
  return `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  ${meta}\n${lines.join('\n')}\n</annotations>\n`
}

function boxLine(frame, box, width, height, cut = false) {
  const { x, y, w, h, seen } = box
  const [left, right] = [x - w / 2, x + w / 2].map((it) => pixels(it * width))
  const [top, bottom] = [y - h / 2, y + h / 2].map((it) => pixels(it * height))
  const outside = cut || offPicture(box) ? 1 : 0
  return `    <box frame="${frame}" keyframe="1" outside="${outside}" occluded="${seen > enough ? 0 : 1}" xtl="${left}" ytl="${top}" xbr="${right}" ybr="${bottom}" z_order="0"/>`
}
