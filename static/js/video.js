// A still becomes the player when it is pressed: only then is anything asked of YouTube.

const KNOWN = /^[\w-]{11}$/;

document.addEventListener("click", (event) => {
  const still = event.target.closest("a[data-video]");
  if (!still || event.metaKey || event.ctrlKey || event.shiftKey || !KNOWN.test(still.dataset.video)) return;
  event.preventDefault();
  const player = document.createElement("iframe");
  player.src = `https://www.youtube-nocookie.com/embed/${still.dataset.video}?autoplay=1&rel=0&hl=${document.documentElement.lang}`;
  player.title = still.dataset.title;
  player.allow = "autoplay; fullscreen; picture-in-picture";
  player.allowFullscreen = true;
  player.referrerPolicy = "strict-origin-when-cross-origin";
  const frame = document.createElement("div");
  frame.className = still.className;
  frame.append(player);
  still.replaceWith(frame);
  player.focus();
});
