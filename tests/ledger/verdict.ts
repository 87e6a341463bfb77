// How a run of rounds ends. Numbers of our own: Node itself ends with 1 when a program falls over, and with others up to 14.
export const verdict = {
  all_is_well: 0,
  books_are_wrong: 20, // something was lost, doubled or wrong, or a promise broken
  nothing_to_try: 21, // no fault that was asked for can strike here
  broke_off: 22, // the house or the ledger did not come through: that proves nothing
  too_little: 23, // all is well, but fewer words than asked for were written
} as const;

// What a house must do while something happens to it, and did not.
export class BrokenPromise extends Error {}
