// Hours are those of who answers: their time zone is named where the reader's clock says something else.

export function elsewhere(zone) {
  if (!zone || !differs(zone)) return "";
  return interpolate(gettext("(Time zone: %(zone)s)"), { zone: zone.replaceAll("_", " ") }, true);
}

// Below messages that name an hour.
export function nameZones(element) {
  for (const line of element.querySelectorAll("[data-zone]")) {
    line.textContent = elsewhere(line.dataset.zone);
    line.hidden = !line.textContent;
  }
}

function differs(zone) {
  const clock = (timeZone) => new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" });
  try {
    const now = new Date();
    return clock(zone).format(now) !== clock().format(now);
  } catch {
    return true; // a zone that this browser does not know
  }
}
