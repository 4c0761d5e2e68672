// Collecting wants BigInt: its script is fetched only where the browser knows it. Elsewhere the page stays as it came,
// and leads to another browser or to a slip.
const place = document.getElementById("booklet");
if (place && typeof BigInt !== "undefined") {
  const script = document.createElement("script");
  script.type = "module";
  script.src = place.dataset.script;
  script.integrity = place.dataset.integrity;
  document.head.appendChild(script);
}
