import { refSlot } from '../core/click-ref.ts'
import type { NetworkId } from './account.ts'
import { addressOf, cutQuery, decoded, hostOf, parameter, parameterNames } from './link-text.ts'
import { byHost } from './by-host.ts'
import type { LinkForm, Network } from './network.ts'
import { formOf, networkOf, networks } from './networks.ts'
import { targetIn, valuesAt } from './place.ts'

export type LintRule =
  | 'not-a-link' | 'unknown-network' | 'http' | 'html-entity' | 'parameter-case' | 'publisher' | 'required' | 'order' | 'target'
  | 'unencoded-target' | 'encoded-target' | 'double-redirect' | 'sub-id-missing' | 'sub-id-repeated' | 'sub-id-length' | 'sub-id-characters'
  | 'sub-id-personal' | 'sub-id-approval' | 'length'

export interface LintIssue {
  rule: LintRule
  /** `error`: the click is lost, pays nobody or breaks the network's terms. `warning`: it pays, but could be better. */
  level: 'error' | 'warning'
  /** What is wrong and what mends it, in a sentence. */
  issue: string
}

export interface LintResult {
  url: string
  network?: NetworkId
  issues: LintIssue[]
}

type Say = (level: LintIssue['level'], rule: LintRule, issue: string) => void

/** Checks an affiliate link against the rules of its network. A `{ref}` slot counts as a good reference. */
export function lint(url: string): LintResult {
  const issues: LintIssue[] = []
  const say: Say = (level, rule, issue) => issues.push({ rule, level, issue })
  if (!addressOf(url)) {
    say('error', 'not-a-link', 'not an http(s) address without spaces: copy the whole link, beginning with https://')
    return { url, issues }
  }
  const found = formOf(url)
  if (!found) {
    say('warning', 'unknown-network', `${hostOf(url)} is no network known here: as it stands, nobody is named who would pay for the click`)
    if (/^http:/i.test(url)) sayHttp(say)
    return { url, issues }
  }
  const { network, form } = found
  if (/^http:/i.test(url)) sayHttp(say)
  if (/[?&]amp;|&amp;/.test(url)) say('error', 'html-entity', '"&amp;" was copied out of HTML source: write "&"')
  if (network.maxLength && url.length > network.maxLength) {
    say('error', 'length', `${url.length} characters, and ${network.name} takes ${network.maxLength}: shorten the target`)
  }
  lintCase(url, form, say)
  lintNeeds(url, network, form, say)
  lintSubId(url, network, form, say)
  lintTarget(url, network, form, say)
  return { url, network: network.id, issues }
}

function sayHttp(say: Say): void {
  say('warning', 'http', 'unencrypted: write https://, so that the click is neither read nor stripped of its referrer on the way')
}

/** Exact names of all that the network reads. */
function knownNames(form: LinkForm): string[] {
  const places = [form.publisher?.at, form.subId?.at, form.target, ...Object.keys(form.needs ?? {})]
  const parameters = places.filter((it): it is string => typeof it === 'string' && it.startsWith('?')).map((it) => it.slice(1))
  return [...parameters, ...(form.names ?? []), ...(form.byApproval ?? [])]
}

function lintCase(url: string, form: LinkForm, say: Say): void {
  const known = knownNames(form)
  for (const name of parameterNames(url)) {
    const right = known.includes(name) ? undefined : known.find((it) => it.toLowerCase() === name.toLowerCase())
    if (right) say('error', 'parameter-case', `"${name}" must be written "${right}": the network does not read it otherwise`)
  }
}

function lintNeeds(url: string, network: Network, form: LinkForm, say: Say): void {
  if (form.publisher) {
    const { at, valid, called } = form.publisher
    const value = valuesAt(url, form, at)[0]
    if (!value) say('error', 'publisher', `no publisher: ${called} is missing, so nobody is paid`)
    else if (!valid.test(value)) say('error', 'publisher', `"${value}" is no publisher's id of ${network.name}: expected ${called}`)
  }
  for (const [place, valid] of Object.entries(form.needs ?? {})) {
    const name = place.replace(/^\?/, '')
    const value = valuesAt(url, form, place)[0]
    if (!value) say('error', 'required', `"${name}" is missing, and ${network.name} does not count a click without it`)
    else if (!valid.test(value)) say('error', 'required', `"${name}" is "${value}", which ${network.name} does not know`)
  }
  const site = network.id === 'ebay' ? byHost(network.sites, hostOf(url)!) : undefined
  const named = parameter(url, 'mkrid')[0]
  if (site && named && named !== site) say('error', 'required', `"mkrid" is "${named}", but ${hostOf(url)} is ${site}`)
  if (network.id === 'partnerize') lintOrder(url, say)
}

function lintOrder(url: string, say: Say): void {
  const order = ['camref', 'creativeref', 'pubref', 'ar', 'destination']
  const head = url.replace(/(\/destination:).*$/s, '$1')
  const places = [...head.matchAll(/\/([a-z]+):/g)].map((it) => order.indexOf(it[1]!))
  const tail = /\/destination:.*\/(?:pubref|ar|camref):/s.test(url)
  if (tail || places.some((it, at) => at > 0 && it < places[at - 1]!)) {
    say('error', 'order', 'Partnerize reads camref, pubref, ar and destination in this order only, the destination last')
  }
}

// An address with @, or a number in the way phones are written, tells who somebody is; bare digits may.
const personal = /@|%40|^(?:\+|%2B)\d{7,}$|^(?=(?:\D*\d){9})[+\d]\d*[\s().-]+[\d\s().-]+$/i
const perhapsPhone = /^0?1?\d{9,12}$/

function lintSubId(url: string, network: Network, form: LinkForm, say: Say): void {
  for (const name of form.byApproval ?? []) {
    if (parameter(url, name).length) {
      say('error', 'sub-id-approval', `"${name}" may be used only as ${network.name} has approved it, never with a value made up per reader: take it out`)
    }
  }
  const { subId } = form
  if (!subId) return
  const name = subId.at.replace(/[?/:]/g, '')
  const values = valuesAt(url, form, subId.at)
  if (!values.some(Boolean)) {
    say('warning', 'sub-id-missing', `no ${name}: add "${name}" with ${refSlot}, or clicks cannot be told apart in the network's report`)
  }
  if (values.length > 1) say('warning', 'sub-id-repeated', `"${name}" stands there ${values.length} times, and only one is read`)
  for (const value of values) {
    const plain = decoded(value) ?? value
    if (!value || plain === refSlot) continue
    if (personal.test(value) || personal.test(plain)) {
      say('error', 'sub-id-personal', `"${name}" looks like personal data, which networks forbid: send a reference that only you can look up`)
    } else if (perhapsPhone.test(plain)) {
      say('warning', 'sub-id-personal', `"${name}" could be a telephone number, which networks forbid: mix letters into it`)
    }
    if (subId.max && plain.length > subId.max) {
      say('error', 'sub-id-length', `"${name}" has ${plain.length} characters, and ${network.name} keeps ${subId.max}`)
    }
    // The slot is filled with letters and digits, so it may stand among others.
    if (!subId.chars.test(plain.replaceAll(refSlot, ''))) {
      say('error', 'sub-id-characters', `"${name}" may hold ${subId.inWords} only`)
    }
  }
}

function lintTarget(url: string, network: Network, form: LinkForm, say: Say): void {
  const target = targetIn(url, form)
  if (typeof form.target === 'string') lintEncoding(url, network, form, form.target.slice(1), say)
  else if (form.target && target && /^https?%3A/i.test(target)) {
    say(network.id === 'cj' ? 'error' : 'warning', 'encoded-target', `${network.name} takes the target as it is in this form of link, not percent-encoded`)
  }
  const page = target && (/^https?%3A/i.test(target) ? decoded(target) : target)
  const inner = page && networkOf(page)
  if (inner) {
    say('error', 'double-redirect', `the target is itself a link of ${networks[inner].name}: link to the merchant's page, one network per click`)
  }
}

function lintEncoding(url: string, network: Network, form: LinkForm, name: string, say: Say): void {
  const values = parameter(url, name)
  const value = values[0]
  if (!value) return
  if (values.length > 1) say('error', 'target', `"${name}" stands there ${values.length} times: keep one`)
  const plain = decoded(value)
  if (plain === undefined) {
    return say('error', 'target', `"${name}" has a % that is followed by no two hexadecimal digits: encode the target again`)
  }
  if (/^https?%3A/i.test(plain)) {
    return say('error', 'encoded-target', `"${name}" is percent-encoded twice: encode the target once`)
  }
  // ShareASale wants the target without its scheme.
  if (!addressOf(/^[a-z]+:/i.test(plain) || network.id !== 'shareasale' ? plain : `https://${plain}`)) {
    return say('error', 'target', `"${name}" is no http(s) address: ${plain.slice(0, 80)}`)
  }
  if (!/[:/?#]/.test(value) && !cutQuery(url).hash) return
  const known = [...knownNames(form)]
  const strange = parameterNames(url).slice(parameterNames(url).indexOf(name) + 1).filter((it) => !known.includes(it))
  if (value.includes('?') || cutQuery(url).hash || (/[:/]/.test(value) && strange.length)) {
    say('error', 'unencoded-target', `"${name}" is not percent-encoded, and what follows its first &, ? or # gets lost: encode the target`)
  } else if (/[:/]/.test(value)) {
    say('warning', 'unencoded-target', `"${name}" is not percent-encoded: this target survives it, the next one may not`)
  }
}
