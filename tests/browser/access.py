"""What somebody finds who reads large, spaces text out, chooses the colours, or has only keys: asked of a page in a browser."""

# As WCAG 1.4.12 has it. Constructed sheets aren't inline style, which the site's policy forbids.
_SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

# Text cut off by its box or by one around it. Excerpts that end in dots, and what is for screen readers alone, are meant so.
_CLIPPED = """() => {
    const found = new Set();
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = words.nextNode(); text; text = words.nextNode()) {
        if (!text.data.trim() || !text.parentElement.checkVisibility({ visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (let box = text.parentElement; box && box !== document.body; box = box.parentElement) {
            const style = getComputedStyle(box);
            if (style.webkitLineClamp !== "none" || style.clipPath !== "none") break;
            const across = ["hidden", "clip"].includes(style.overflowX), down = ["hidden", "clip"].includes(style.overflowY);
            if (!across && !down) continue;
            const edge = box.getBoundingClientRect();
            for (const line of range.getClientRects()) {
                // A line is higher than its letters.
                const spare = line.height / 4;
                if (across && (line.left < edge.left - 1 || line.right > edge.right + 1)
                    || down && (line.top < edge.top - spare || line.bottom > edge.bottom + spare)) {
                    found.add(`${box.outerHTML.slice(0, 80)} cuts off: ${text.data.trim().slice(0, 40)}`);
                }
            }
        }
    }
    return [...found];
}"""

# Lines of text that lie on one another, in boxes that don't hold one another.
_COLLISIONS = """() => {
    const lines = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = words.nextNode(); text; text = words.nextNode()) {
        const box = text.parentElement;
        if (!text.data.trim() || box.closest("[aria-hidden=true], svg, option, textarea, .skip")) continue;
        if (!box.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
        const cut = [];
        for (let around = box; around; around = around.parentElement) {
            const style = getComputedStyle(around);
            if (style.overflowY !== "visible" || style.clipPath !== "none") cut.push(around.getBoundingClientRect());
        }
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const line of range.getClientRects()) {
            const spare = line.height / 4;
            const seen = cut.every((edge) => edge.width > 1 && line.bottom - spare < edge.bottom && line.top + spare > edge.top);
            if (seen && line.width > 2) lines.push({ text, box, l: line.left + 2, r: line.right - 2, t: line.top + spare, b: line.bottom - spare });
        }
    }
    lines.sort((one, other) => one.t - other.t);
    const found = new Set();
    lines.forEach((one, place) => {
        for (let next = place + 1; next < lines.length && lines[next].t < one.b; next += 1) {
            const other = lines[next];
            if (one.text === other.text || other.l >= one.r || other.r <= one.l) continue;
            found.add(`${one.text.data.trim().slice(0, 40)} / ${other.text.data.trim().slice(0, 40)}`);
        }
    });
    return [...found];
}"""

# Whatever can have the focus and shows no difference when it has it, or lies below something else then.
_UNSEEN_FOCUS = """() => {
    const clear = matchMedia("(forced-colors: active)").matches ? "" : "rgba(0, 0, 0, 0)";
    const looks = (element) => {
        const all = [];
        for (let box = element; box && all.length < 4; box = box.parentElement) all.push(box);
        all.push(...element.querySelectorAll("*"));
        return all.map((box) => {
            const style = getComputedStyle(box);
            const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== clear;
            const ring = shown ? `${style.outlineColor} ${style.outlineWidth}` : "";
            return [ring, style.boxShadow, style.stroke, style.strokeWidth].join();
        });
    };
    const found = [];
    const wanted = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^='-']), iframe, audio, video";
    for (const element of document.querySelectorAll(wanted)) {
        if (element.disabled || element.type === "hidden" || element.tabIndex < 0) continue;
        if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
        document.activeElement.blur();
        const before = looks(element);
        element.focus();
        const after = looks(element);
        const name = element.outerHTML.slice(0, 120);
        if (document.activeElement !== element) found.push(`takes no focus: ${name}`);
        else if (before.join() === after.join()) found.push(`no sign: ${name}`);
        const edge = element.getBoundingClientRect();
        if (edge.width <= 1 && edge.height <= 1) found.push(`too small to be seen: ${name}`);
        const spots = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [edge.left + edge.width * x, edge.top + edge.height * y]));
        const free = spots.some(([x, y]) => {
            const top = document.elementFromPoint(x, y);
            return top && (element.contains(top) || top.contains(element) || element.labels && [...element.labels].some((label) => label.contains(top)));
        });
        if (!free) found.push(`covered: ${name}`);
    }
    document.activeElement.blur();
    return found;
}"""

# Controls that only a background sets apart, of which forced colours leave nothing.
_VANISHED_CONTROLS = """() => {
    const drawn = (element) => {
        const style = getComputedStyle(element, element.type === "file" ? "::file-selector-button" : null);
        return style.appearance !== "none" || style.textDecorationLine !== "none" || ["Top", "Bottom", "Left", "Right"].some(
            (side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
    };
    return [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, .button")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !drawn(element) && !drawn(element.parentElement))
        .map((element) => element.outerHTML.slice(0, 120));
}"""


def space_out(page) -> None:
    """The reader's own spacing of text."""
    page.evaluate(_SPACED)


def clipped(page) -> list[str]:
    """Text of which a part can't be seen."""
    return page.evaluate(_CLIPPED)


def collisions(page) -> list[str]:
    """Text on text."""
    return page.evaluate(_COLLISIONS)


def unseen_focus(page) -> list[str]:
    """Where one wouldn't see the focus."""
    # As if keys had been used: only then do browsers show where the focus is.
    page.keyboard.press("Tab")
    return page.evaluate(_UNSEEN_FOCUS)


def vanished_controls(page) -> list[str]:
    """Controls of which forced colours leave no edge."""
    return page.evaluate(_VANISHED_CONTROLS)
