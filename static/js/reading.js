// Says to our own server that somebody reads this page: after ten seconds in view, once, without anything about who it is.

const counter = document.querySelector("meta[name=count-reader]")?.content;
const ENOUGH = 10_000;

const say = () => {
  if (document.visibilityState === "visible") {
    navigator.sendBeacon(counter);
  } else {
    document.addEventListener("visibilitychange", say, { once: true });
  }
};

if (counter) setTimeout(say, ENOUGH);
