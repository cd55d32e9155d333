/**
 * What a reader would see go wrong on the page as it stands at the window's present width. One
 * expression without free names: Chromium and Firefox both run this very text.
 *
 * Returns lists of Chinese-free descriptions, empty on a sound page:
 *   sideways    what makes the page scroll sideways, or "" — its width against the window's
 *   outside     text beyond the left or right edge of the window
 *   clipped     text cut off by a box that hides what does not fit
 *   overlapping text that lies on other text or on a picture
 *   small       text below 15 px
 *   headless    lines that begin with a mark that closes what stands on the line above
 */
(() => {
  const SMALLEST = 15;
  const SLACK = 2;
  const name = (element) => {
    const own = element.tagName.toLowerCase() + (element.id ? `#${element.id}` : "") +
      Array.from(element.classList, (word) => `.${word}`).join("");
    const parent = element.parentElement;
    return parent && parent !== document.body && !element.classList.length
      ? `${parent.tagName.toLowerCase()}${Array.from(parent.classList, (w) => `.${w}`).join("")} > ${own}`
      : own;
  };

  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };

  /** Boxes that limit what is seen of an element, outermost first: [box, cutsX, cutsY, scrolls]. */
  const limits = new Map();
  const limitsOf = (element) => {
    if (!element || element === document.body || element === document.documentElement) return [];
    if (!limits.has(element)) {
      const { overflowX, overflowY, webkitLineClamp, textOverflow } = styleOf(element);
      const above = limitsOf(element.parentElement);
      // A shortened summary (line-clamp, ellipsis) is cut on purpose and says so.
      const meant = (webkitLineClamp && webkitLineClamp !== "none") || textOverflow === "ellipsis";
      limits.set(element, overflowX === "visible" && overflowY === "visible" ? above : [...above, {
        element, meant, box: element.getBoundingClientRect(), x: overflowX, y: overflowY,
      }]);
    }
    return limits.get(element);
  };
  const hides = (way) => way === "hidden" || way === "clip";

  const isSeen = (element) => {
    if (element.closest(".vh, .skip, script, style, noscript, template, option")) return false;
    if (element.checkVisibility) {
      return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    }
    return styleOf(element).visibility === "visible";
  };

  const faults = { outside: new Set(), clipped: new Set(), small: new Set(), headless: new Set() };
  const pieces = [];

  /** Note what is wrong with a piece of text or a picture; keep the part that is seen. */
  const add = (element, rect, owner, words) => {
    let { left, right, top, bottom } = rect;
    for (const { element: cutter, meant, box, x, y } of limitsOf(element)) {
      const overX = left < box.left - SLACK || right > box.right + SLACK;
      const overY = top < box.top - SLACK || bottom > box.bottom + SLACK;
      if (words && !meant && ((overX && hides(x)) || (overY && hides(y)))) {
        faults.clipped.add(`${name(element)} “${words}” by ${name(cutter)}`);
      }
      left = Math.max(left, box.left); right = Math.min(right, box.right);
      top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom);
    }
    if (right - left < 1 || bottom - top < 1) return;
    if (words && (left < -1 || right > innerWidth + 1)) {
      faults.outside.add(`${name(element)} “${words}” ${Math.round(left)}…${Math.round(right)}`);
    }
    pieces.push({ element, owner, words, left, right, top, bottom });
  };

  /** Where lines break by a rule of our own, each must still begin as lines may (避头尾). */
  const CLOSING = /[，。、；：！？）》〉」』】〕”’…]/u;
  const checkLineStarts = (node, element) => {
    const vertical = styleOf(element).writingMode.startsWith("vertical");
    let last = null;
    for (let at = 0; at < node.length; at += 1) {
      if (!node.data[at].trim()) continue;
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      const line = vertical ? box.right : box.top;
      const next = last !== null && Math.abs(line - last) > parseFloat(styleOf(element).fontSize) / 2;
      if (next && CLOSING.test(node.data[at])) {
        faults.headless.add(`${name(element)} “${node.data.slice(Math.max(0, at - 8), at)}¶${node.data.slice(at, at + 6)}”`);
      }
      last = line;
    }
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim().slice(0, 16);
    const element = node.parentElement;
    if (!words || !isSeen(element)) continue;
    if (styleOf(element).wordBreak !== "normal") checkLineStarts(node, element);
    range.selectNodeContents(node);
    const { fontSize, writingMode } = styleOf(element);
    const size = parseFloat(fontSize);
    const rects = Array.from(range.getClientRects()).filter((r) => r.width > 1 && r.height > 1);
    if (rects.length && size < SMALLEST - 0.01) faults.small.add(`${name(element)} ${size} “${words}”`);
    for (const { left, right, top, bottom } of rects) {
      // The line box of a font is taller than its characters: keep the square they fill.
      const half = 0.42 * size;
      const x = (left + right) / 2;
      const y = (top + bottom) / 2;
      add(element, writingMode.startsWith("vertical")
        ? { left: x - half, right: x + half, top, bottom }
        : { left, right, top: y - half, bottom: y + half }, node, words);
    }
  }
  for (const picture of document.querySelectorAll("main img, .brand svg")) {
    if (isSeen(picture)) add(picture, picture.getBoundingClientRect(), picture, "");
  }

  const overlapping = new Set();
  pieces.sort((a, b) => a.top - b.top);
  for (let i = 0; i < pieces.length; i += 1) {
    const a = pieces[i];
    for (let j = i + 1; j < pieces.length && pieces[j].top < a.bottom - SLACK; j += 1) {
      const b = pieces[j];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (a.owner !== b.owner && (a.words || b.words) && across > SLACK && down > SLACK) {
        overlapping.add(`${name(a.element)} “${a.words}” and ${name(b.element)} “${b.words}”`);
      }
    }
  }

  const width = document.scrollingElement.scrollWidth;
  return {
    sideways: width > innerWidth ? `${width} in ${innerWidth}` : "",
    outside: [...faults.outside],
    clipped: [...faults.clipped],
    overlapping: [...overlapping],
    small: [...faults.small],
    headless: [...faults.headless],
  };
})()
