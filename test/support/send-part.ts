import type { IncomingMessage, ServerResponse } from 'node:http'

/** Sends a file, or the part of it that is asked for: without parts a browser cannot seek in a film. */
export function sendPart(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
  response.setHeader('accept-ranges', 'bytes')
  if (from === undefined) return void response.end(body)
  const end = Math.min(Number(to || body.length - 1), body.length - 1)
  const part = body.subarray(Number(from), end + 1)
  // WebKitGTK guesses how long a film lasts when nobody says how large its file is.
  response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${body.length}`, 'content-length': part.length }).end(part)
}
