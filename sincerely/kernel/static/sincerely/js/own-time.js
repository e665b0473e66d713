/* <own-time data-at="2026-12-01T10:00:00-05:00">: where the reader's clock shows another time than
   the one that is written, says what it shows. Empty without this script, or when they agree. */

const hours = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const weekday = new Intl.DateTimeFormat(document.documentElement.lang || "en", { weekday: "long" });

class OwnTime extends HTMLElement {
  connectedCallback() {
    const written = this.dataset.at;
    const at = new Date(written);
    const [, day, clock] = written.match(/(\d+)T(\d\d:\d\d)/) ?? [];
    const own = hours.format(at);
    if (Number.isNaN(at.getTime()) || (own === clock && at.getDate() === Number(day))) return;
    const time = document.createElement("time");
    time.dateTime = written;
    time.textContent = at.getDate() === Number(day) ? own : `${weekday.format(at)}, ${own}`;
    this.replaceChildren(time, " on your clock");
  }
}

customElements.define("own-time", OwnTime);
