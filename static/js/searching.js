// Says to our own server which words were searched, whether that found anything and whether a result was opened: once
// each, and nothing about who asked. A page from a cache counts as well, and a program that only fetches it does not.

const counter = document.querySelector("meta[name=count-search]")?.content;
const ENOUGH = 2_000; // whoever is still typing is not counted
let asked = "";
let opened = "";
let timer = 0;

const shown = () => document.querySelector("[data-asked]")?.dataset ?? { asked: "", found: "0" };

function tell(what) {
  const { asked: words, found } = shown();
  navigator.sendBeacon(counter, new URLSearchParams({ q: words, found, what }));
}

function ask() {
  clearTimeout(timer);
  const words = shown().asked;
  if (!words || words === asked || document.visibilityState !== "visible") return;
  asked = words;
  tell("asked");
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, ENOUGH);
}

function open(event) {
  const link = event.target.closest("[data-result] a");
  const words = shown().asked;
  if (!link || !words || words === opened) return;
  ask();
  opened = words;
  tell("opened");
}

if (counter) {
  later();
  document.addEventListener("htmx:afterSettle", later);
  document.addEventListener("click", open);
}
