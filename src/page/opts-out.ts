/** The reader's browser opts out of sale and sharing for them (Global Privacy Control). */
export const optsOut = (navigator: Navigator): boolean => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
