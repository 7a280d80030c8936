/**
 * Why a test that a phone says it began without the server cannot be believed by itself:
 * `late` the sitting's grace is over · `proof` the phone cannot show that it heard the code of this sitting ·
 * `unseen` it says that it began before it can have had the packet · `card` its card was voided ·  `absent` its proctor saw nobody there ·
 * `second` the part was closed before the server heard of this phone · `packet` it opened a packet that was never sealed for this sitting
 * and part · `form` the part stands on another form than the one that it opened.
 */
export type Doubt = 'late' | 'proof' | 'unseen' | 'card' | 'absent' | 'second' | 'packet' | 'form'
