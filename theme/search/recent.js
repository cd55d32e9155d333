/**
 * The reader's own recent searches. They stay in this browser; where it keeps nothing (private
 * windows, storage forbidden) there are none, and nothing else changes.
 */

const KEY = "jianyan.searches";
const MOST = 8;

/** The recent searches, the last one first. */
export function recentSearches() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch (_) {
    return [];
  }
}

/** Note a search. */
export function keepSearch(words) {
  const kept = words.trim().replace(/\s+/g, " ");
  if (!kept) return;
  const others = recentSearches().filter((one) => one !== kept);
  try {
    localStorage.setItem(KEY, JSON.stringify([kept, ...others].slice(0, MOST)));
  } catch (_) {
    /* then it is not kept */
  }
}

/** Forget them all. */
export function forgetSearches() {
  try {
    localStorage.removeItem(KEY);
  } catch (_) {
    /* then there are none */
  }
}
