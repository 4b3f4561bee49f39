// Stands first on a hostile page and sees what Kanmai does to it. It took what it needs of the language before anybody
// spoilt it, and tells what it saw as lines of text.
(function () {
  'use strict'
  var words = document.currentScript.dataset
  var box = words.report
  var wanted = words.wanted.split(',')
  var properties = (
    'color,cursor,direction,font-family,font-size,font-stretch,font-style,font-variant-caps,font-weight,letter-spacing,' +
    'line-height,list-style-type,text-align,text-indent,text-shadow,text-transform,white-space,word-break,word-spacing'
  ).split(',')
  var call = Function.prototype.call
  var bound = function (method) {
    return call.bind(method)
  }
  var text = String
  var post = fetch
  var later = setTimeout
  var now = Date.now
  var styleOf = getComputedStyle
  var find = bound(Document.prototype.querySelector)
  var findAll = bound(Document.prototype.querySelectorAll)
  var findIn = bound(DocumentFragment.prototype.querySelector)
  var findAllIn = bound(DocumentFragment.prototype.querySelectorAll)
  var findBelow = bound(Element.prototype.querySelector)
  var press = bound(HTMLElement.prototype.click)
  var boxOf = bound(Element.prototype.getBoundingClientRect)
  var rootOf = bound(Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot').get)
  var classOf = bound(Element.prototype.getAttribute)
  var valueOf = bound(CSSStyleDeclaration.prototype.getPropertyValue)
  var listen = bound(EventTarget.prototype.addEventListener)
  var prevent = bound(Event.prototype.preventDefault)
  var upper = window.parent
  var framed = upper !== window
  var tell = window.postMessage
  var page = document

  var lines = ''
  var counts = { error: 0, line: 0 }
  function note(kind, said) {
    if (kind === 'error' && counts.error > 9) return
    lines += kind + ' ' + text(said).split('\n').join(' ⏎ ') + '\n'
    if (kind in counts) counts[kind]++
  }

  listen(window, 'error', function (event) {
    // What could not be loaded is the browser's to say.
    if (event.message !== undefined && event.target === window) note('error', event.message + ' ' + ((event.error && event.error.stack) || '@' + event.filename + ':' + event.lineno))
  }, true)
  listen(window, 'unhandledrejection', function (event) {
    note('error', 'unhandled: ' + (event.reason && event.reason.stack ? event.reason + ' ' + event.reason.stack : event.reason))
  })
  listen(page, 'securitypolicyviolation', function (event) {
    note('violation', event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample)
  })
  ;['warn', 'error', 'log', 'info'].forEach(function (name) {
    var own = console[name]
    console[name] = function (said) {
      note(/kanmai/i.test(said) ? 'line' : 'console', said)
      own.call(console, said)
    }
  })
  listen(page, 'kanmai-select', function (event) {
    note('selected', event.ref)
  })
  // The host keeps its reader.
  listen(window, 'click', function (event) {
    prevent(event)
  })

  /** What the host's own elements look like, in words. */
  function hostLook() {
    var elements = findAll(page, '.host, .host *, html, body')
    var look = ''
    for (var i = 0; i < elements.length; i++) look += elements[i].localName + i + lookOf(elements[i])
    return look
  }
  function lookOf(element) {
    var style = styleOf(element)
    var look = ''
    for (var i = 0; i < properties.length; i++) look += ';' + properties[i] + ':' + valueOf(style, properties[i])
    return look
  }

  /** What ours look like, element by element. */
  function ourLook(root, path) {
    var elements = findAllIn(root, '*')
    for (var i = 0; i < elements.length; i++) {
      var element = elements[i]
      // Only what lies in the inner root is reset; styles and slots stand beside.
      if (element.localName === 'style' || element.localName === 'slot') continue
      var inner = rootOf(element)
      if (!inner && !element.closest('svg,video')) note('look', path + '>' + element.localName + '.' + (classOf(element, 'class') || '') + ' ' + lookOf(element))
      if (inner) ourLook(inner, path + '>' + element.localName)
    }
  }

  var parts = {
    'kanmai-card': 'a[part~=link]',
    'kanmai-coupon': '[part~=claim]',
    'kanmai-feed': 'kanmai-card',
    'kanmai-overlay': '[part~=marker]',
    'kanmai-rail': 'kanmai-card',
    'kanmai-markers': '[part~=bar]',
    'kanmai-shelf': '.root',
    'kanmai-saved': '[part~=toggle]',
    'kanmai-privacy': '[part~=toggle]',
  }
  function isShown(tag) {
    var element = find(page, tag)
    var root = element && rootOf(element)
    return !!root && !!findIn(root, parts[tag])
  }
  function shown() {
    var found = ''
    for (var i = 0; i < wanted.length; i++) if (isShown(wanted[i])) found += (found && ',') + wanted[i]
    return found
  }

  var before
  window.witness = Object.freeze({
    /** The host stands there, and Kanmai does not yet. */
    mark: function () {
      before = hostLook()
    },
    note: note,
  })

  var began = now()
  var quietSince = began
  var last = ''
  function look() {
    var state = shown() + counts.line + counts.error
    if (state !== last) {
      last = state
      quietSince = now()
    }
    var all = shown() === words.wanted
    var waited = now() - began
    if (words.hold ? waited < words.hold : !(all || (counts.line && now() - quietSince > 2500 && waited > 4000) || waited > 15000)) return later(look, 100)
    // What comes when the page is idle, too.
    later(act, all ? 1200 : 0)
  }
  function act() {
    var card = find(page, 'kanmai-card')
    var root = card && rootOf(card)
    var link = root && findIn(root, 'a[part~=link]')
    if (link) press(link)
    later(report, link ? 1500 : 0)
  }
  function report() {
    note('shown', shown())
    var card = find(page, 'kanmai-card')
    var light = card && findBelow(card, 'a')
    note('light', !!light && boxOf(light).width > 0)
    for (var i = 0; i < wanted.length; i++) {
      var element = find(page, wanted[i])
      var root = element && rootOf(element)
      if (root) ourLook(root, wanted[i])
    }
    var after = hostLook()
    if (before === undefined) note('error', 'the host was not looked at')
    else if (before !== after) note('host', firstDifference(before, after))
    if (framed) tell.call(upper, { report: lines }, '*')
    else post(box, { method: 'POST', body: lines })
  }
  function firstDifference(a, b) {
    var i = 0
    while (a[i] === b[i]) i++
    return a.slice(i - 40, i + 60) + ' → ' + b.slice(i - 40, i + 60)
  }
  later(look, 300)
})()
