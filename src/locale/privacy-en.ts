/** What `<kanmai-privacy>` says: of its own, since hardly a reader opens it. */
export const privacyEn = {
  privacy: 'Your privacy here',
  holds: {
    granted: 'Counted in full',
    essential: 'Counted without a trace',
    none: 'Not counted',
  },
  means: {
    granted: (endpoint: string) =>
      `The products you see and press on this page are reported to ${endpoint}, under a random number for this visit. Reports wait on this device until they have arrived.`,
    essential: (endpoint: string) =>
      `The products you see and press on this page are reported to ${endpoint}, each by itself under a random number. Nothing is stored on this device, and nothing ties the reports together.`,
    none: () => 'Nothing you see or press is reported, and links to shops carry no mark of this page.',
  },
  why: {
    reader: 'Because you asked for it here.',
    browser: 'Because your browser asks sites not to pass on your data (Global Privacy Control).',
    tag: 'Because this page is set up so.',
    config: 'Because the publisher has decided so.',
    agreed: 'Because the consent dialog of this page allows it.',
    refused: 'Because you declined in the consent dialog of this page.',
    unasked: 'Because no consent dialog of this page has been answered.',
    off: 'Because the publisher has switched this off.',
  },
  object: 'Do not count my visits here',
  objectHint: 'Outweighs everything else, and is remembered on this device.',
  objectBriefly: 'Outweighs everything else. This browser denies storage, so it holds until you leave this page.',

  kept: 'Kept on this device',
  waiting: 'Reports waiting to be sent',
  refused: 'Reports refused, and set aside',
  lost: 'Reports given up',
  visit: 'Number of this visit',
  visitHint: (count: string) => `${count} reports so far`,
  saved: 'Products saved for later',
  objection: 'Your wish not to be counted',
  yes: 'yes',

  sent: 'Sent from this page',
  types: {
    impression: 'Products seen',
    click: 'Links to shops followed',
    open: 'Cards opened',
    close: 'Cards closed',
    claim: 'Coupons fetched',
    copy: 'Codes copied',
    save: 'Products saved',
    share: 'Products shared',
    error: 'Errors',
  } as Record<string, string>,
  look: 'Show the reports themselves',

  nothing: 'Nothing.',
  unknown: 'This cannot be said right now.',
  export: 'Save as a file',
  wipe: 'Delete everything',
  wipeAsk: 'Delete all that is kept on this device, your saved products too? What has been sent stays with its recipient.',
  wipeYes: 'Delete',
  wipeNo: 'Keep',
  wiped: 'Deleted from this device',
}

export type PrivacyMessages = typeof privacyEn
