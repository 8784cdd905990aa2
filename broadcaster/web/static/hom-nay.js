"use strict";
// Brings the page up to date without losing the reader's place, and says so when the station no longer answers.
const EVERY_MS = 5000;
const PATIENCE_MS = 10000;

async function renew() {
  const lost = document.getElementById("mat-lien-lac");
  try {
    const answer = await fetch("/", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const open of document.querySelectorAll("details[open]")) {
      fresh.getElementById(open.id)?.setAttribute("open", "");
    }
    for (const part of document.querySelectorAll("[data-song]")) {
      const now = fresh.getElementById(part.id);
      if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    }
    lost.hidden = true;
  } catch (error) {
    lost.hidden = false;
  }
  setTimeout(renew, EVERY_MS);
}

setTimeout(renew, EVERY_MS);
